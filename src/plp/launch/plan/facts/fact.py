"""The shape of a fact that closes a step."""

from dataclasses import dataclass
from typing import Any

from plp.mandates.grants import Role


@dataclass(frozen=True)
class StepFact:
    """Something that is so or not yet so.

    ``label`` says it when it is so, ``missing`` while it is not, as a whole sentence. ``view`` names the address (with
    the partnership's key) where it is brought about; ``""`` is the step's own page. ``by_hand``: may be ticked, because
    no row of ours can tell it. ``rule``: the requirement behind it.
    """

    key: str
    label: Any
    missing: Any
    who: tuple[Role, ...]
    view: str = ""
    by_hand: bool = False
    rule: str = ""
