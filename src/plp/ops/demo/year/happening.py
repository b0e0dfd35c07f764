"""What happens at a moment: an act that is told the moment."""

from collections.abc import Callable
from datetime import datetime

Happening = tuple[datetime, Callable[[datetime], object]]
