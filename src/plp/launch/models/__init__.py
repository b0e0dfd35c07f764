"""What is kept of a launch, one module a noun."""

from plp.launch.models.dates import CalendarLink, Reminder
from plp.launch.models.life import LifeAct
from plp.launch.models.publicity import Publication, Sign
from plp.launch.models.recognition import Recognition, Sending, ZoneRule
from plp.launch.models.step import Reopening, Tick

__all__ = [
    "CalendarLink",
    "LifeAct",
    "Publication",
    "Recognition",
    "Reminder",
    "Reopening",
    "Sending",
    "Sign",
    "Tick",
    "ZoneRule",
]
