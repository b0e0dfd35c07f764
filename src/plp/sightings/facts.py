"""What may be told of something seen: objective facts, one field each (R121), and which of them each kind asks for."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
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

EVENT = SightingFact(
    "behaviour",
    BEHAVIOUR,
    _("What did you see or hear?"),
    _("Only what you saw or heard yourself, in order. What you think about it is for the police to judge."),
    most=600,
    rows=4,
)
DIRECTION = SightingFact(
    "direction", BEHAVIOUR, _("Where did they go?"), _("For example: on foot towards the station.")
)
MESSAGE = SightingFact(
    "message",
    BEHAVIOUR,
    _("Check code of the message"),
    _("Nine letters and digits at its end, if you have it."),
    most=20,
)
CONTACT = SightingFact(
    "contact", BEHAVIOUR, _("What did they use?"), _("Telephone number, e-mail address or website."), most=200
)
LOSS = SightingFact(
    "loss",
    BEHAVIOUR,
    _("Did you pay, or give a code?"),
    _("If so, phone Card Stop now: 078 170 170."),
)
LOOKS = SightingFact(
    "looks",
    PERSONS,
    _("Whom did you see?"),
    _("How many; build, age, clothing, bag."),
    most=300,
    rows=2,
)
VEHICLE_LOOKS = SightingFact("vehicle", VEHICLE, _("Which vehicle?"), _("Make, model, colour. A bicycle too."))
PLATE = SightingFact("plate", VEHICLE, _("Number plate"), _("Even a part of it. Only the police see it."), most=20)

# Asked until 2026, and still read in reports of that time.
FORMER = (
    SightingFact("number", PERSONS, _("How many persons?"), most=40),
    SightingFact("build", PERSONS, _("Build and age")),
    SightingFact("clothing", PERSONS, _("Clothing")),
    SightingFact("marks", PERSONS, _("Marks")),
    SightingFact("colour", VEHICLE, _("Colour"), most=40),
)
FACTS = (EVENT, DIRECTION, CONTACT, LOSS, MESSAGE, LOOKS, VEHICLE_LOOKS, PLATE, *FORMER)
KEYS = tuple(fact.key for fact in FACTS)


@dataclass(frozen=True)
class KindFields:
    """What one kind of report asks for: fields that stand open, and others behind one line to unfold."""

    first: tuple[SightingFact, ...]
    more: tuple[SightingFact, ...] = ()

    @property
    def facts(self) -> tuple[SightingFact, ...]:
        """All of them, in their order."""
        return self.first + self.more


TRACES = replace(
    EVENT,
    label=_("What did you find?"),
    hint=_("For example: a scratched lock, a cut fence, a mark on the wall. Touch nothing."),
)
STORY = replace(EVENT, label=_("What did they say, and what did they want?"), hint="")
DECEPTION = replace(EVENT, label=_("What happened, and what did they ask for?"), hint="")
MOVEMENT = replace(EVENT, label=_("What did it do?"), hint="", rows=3)

FIELDS: Mapping[str, KindFields] = {  # by the kind of a sighting
    "behaviour": KindFields((EVENT, LOOKS), (DIRECTION, VEHICLE_LOOKS, PLATE)),
    "vehicle": KindFields((VEHICLE_LOOKS, PLATE, MOVEMENT), (DIRECTION, LOOKS)),
    "traces": KindFields((TRACES,), (LOOKS, VEHICLE_LOOKS, PLATE)),
    "door": KindFields((STORY, LOOKS), (DIRECTION, VEHICLE_LOOKS, PLATE)),
    "fraud": KindFields((DECEPTION, CONTACT, LOSS)),
    "answer": KindFields((EVENT, MESSAGE), (LOOKS, DIRECTION, VEHICLE_LOOKS, PLATE)),
    "other": KindFields((EVENT,), (LOOKS, DIRECTION, VEHICLE_LOOKS, PLATE)),
}
