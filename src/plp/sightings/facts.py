"""What may be told of something seen: objective facts, one field each, in this order (R121)."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class SightingFact:
    """One field. ``key`` is stored for ever; ``rows`` above 1 is a larger box; ``part`` is its heading."""

    key: str
    part: str
    label: Any
    hint: Any = ""
    most: int = 120
    rows: int = 1


BEHAVIOUR, PERSONS, VEHICLE = "behaviour", "persons", "vehicle"
PARTS: dict[str, Any] = {
    BEHAVIOUR: _("What happened"),
    PERSONS: _("The persons who were seen"),
    VEHICLE: _("The vehicle that was seen"),
}

FACTS = (
    SightingFact(
        "behaviour",
        BEHAVIOUR,
        _("What did you see or hear?"),
        _("Only what you saw or heard yourself, in order. What you think about it is for the police to judge."),
        most=600,
        rows=5,
    ),
    SightingFact("direction", BEHAVIOUR, _("Where did they go?"), _("For example: on foot towards the station.")),
    SightingFact(
        "message",
        BEHAVIOUR,
        _("Are you answering a message from the police?"),
        _("Then copy its check code: nine letters and digits at its end."),
        most=20,
    ),
    SightingFact("number", PERSONS, _("How many persons?"), most=40),
    SightingFact("build", PERSONS, _("Build and age"), _("For example: tall, slim, about twenty years old.")),
    SightingFact("clothing", PERSONS, _("Clothing"), _("Colours, cap, shoes, bag.")),
    SightingFact("marks", PERSONS, _("Marks"), _("For example: beard, glasses, a tattoo, a limp.")),
    SightingFact("vehicle", VEHICLE, _("Make and model"), _("Also a bicycle, a scooter or a van with words on it.")),
    SightingFact("colour", VEHICLE, _("Colour"), most=40),
    SightingFact("plate", VEHICLE, _("Number plate"), _("Even a part of it. Only the police see it."), most=20),
)
KEYS = tuple(fact.key for fact in FACTS)
