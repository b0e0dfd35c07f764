"""Letters street by street, in the order in which the volunteer walks."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from plp.channels.paper import Paper, PaperRecipient, in_walking_order
from plp.delivery.models import Dispatch
from plp.delivery.states import State
from plp.portal.subjects.notices.relay.by_hand import letter_to

DELIVERED = next(key for key, outcome in Paper.outcomes.items() if outcome.state == State.DELIVERED)


@dataclass
class Street:
    """A street with its letters: (row in the outbox, letter)."""

    name: str
    letters: list[tuple[int, PaperRecipient]] = field(default_factory=list)


def by_street(rows: Iterable[Dispatch]) -> list[Street]:
    """The letters in walking order, cut by street."""
    letters = {id(letter): (row.pk, letter) for row in rows for letter in [letter_to(row)]}
    streets: list[Street] = []
    for letter in in_walking_order([letter for _key, letter in letters.values()]):
        if not streets or streets[-1].name != letter.walk:
            streets.append(Street(letter.walk))
        streets[-1].letters.append(letters[id(letter)])
    return streets


def delivered_in_street(rows: Iterable[Dispatch], street: str) -> dict[str, str]:
    """Every letter of a street as delivered, in the form of ``carrying.record``. ``street`` is the name as shown."""
    return {f"outcome-{row.pk}": DELIVERED for row in rows if letter_to(row).walk == street}
