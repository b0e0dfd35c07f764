"""Letters street by street, in the order in which the volunteer walks; a home whose members wish so gets one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from plp.channels.paper import Paper, PaperRecipient, sorted_in_walking_order
from plp.channels.paper.addresses import parse_postal_address
from plp.delivery.answer_codes import answer_code
from plp.delivery.models import Dispatch
from plp.delivery.states import State
from plp.toolbox.words import fold

DELIVERED = next(key for key, outcome in Paper.outcomes.items() if outcome.state == State.DELIVERED)


@dataclass
class LetterStreet:
    """A street with its letters: (first row in the outbox, letter)."""

    name: str
    letters: list[tuple[int, PaperRecipient]] = field(default_factory=list)


def copies_by_letter(rows: Iterable[Dispatch]) -> list[list[Dispatch]]:
    """The copies that stand on one letter: of those behind one door who wish so, read one language and one print."""
    homes: dict[tuple[object, ...], list[Dispatch]] = {}
    for row in sorted(rows, key=lambda row: row.pk):
        assert row.contact is not None  # noqa: S101 - ``unticked_copies`` leaves out who is forgotten
        person, wish = row.contact.person, row.contact.person.preference
        door = _street_and_house_or_raw_address(row.contact.address)
        shared = (person.household_id, row.language, door, wish.large_print, wish.easy_to_read)
        key = shared if wish.shares_letters and person.household_id else (row.pk,)
        homes.setdefault(key, []).append(row)
    return list(homes.values())


def _street_and_house_or_raw_address(address: str) -> tuple[str, ...]:
    """Where an address is, however its town was written."""
    read = parse_postal_address(address)
    return (fold(read.street), fold(read.house)) if read else (address,)


def letter_of_home(home: Sequence[Dispatch]) -> PaperRecipient:
    """One letter; on the volunteer's sheet a street of the house has all its names, as on its plates."""
    row = home[0]
    assert row.contact is not None  # noqa: S101 - as above
    person = row.contact.person
    read = parse_postal_address(row.contact.address)
    street, house, place = (read.street, read.house, read.place) if read else (row.contact.address, "", "")
    walk = person.household.street.names if person.household else street
    wish = person.preference
    return PaperRecipient(
        name=", ".join(sorted(copy.contact.person.name for copy in home if copy.contact)),
        language=row.language,
        street=street,
        house=house,
        place=place,
        walk=walk,
        large=wish.large_print,
        easy=wish.easy_to_read,
        answer_code=answer_code(row.pk),
    )


def letters_in_walking_order(rows: Iterable[Dispatch]) -> list[PaperRecipient]:
    """Every letter, as the volunteer walks."""
    return sorted_in_walking_order([letter_of_home(home) for home in copies_by_letter(rows)])


def letters_by_street(rows: Iterable[Dispatch]) -> list[LetterStreet]:
    """The letters in walking order, cut by street."""
    letters = {id(letter): (home[0].pk, letter) for home in copies_by_letter(rows) for letter in [letter_of_home(home)]}
    streets: list[LetterStreet] = []
    for letter in sorted_in_walking_order([letter for _key, letter in letters.values()]):
        if not streets or streets[-1].name != letter.walk:
            streets.append(LetterStreet(letter.walk))
        streets[-1].letters.append(letters[id(letter)])
    return streets


def outcomes_of_street_delivered(rows: Iterable[Dispatch], street: str) -> dict[str, str]:
    """Every letter of a street as delivered, as ``by_hand.record_outcomes`` takes it. ``street``: the name as shown."""
    return {
        f"outcome-{home[0].pk}": DELIVERED for home in copies_by_letter(rows) if letter_of_home(home).walk == street
    }


def outcomes_of_homes(rows: Iterable[Dispatch], ticked: Mapping[str, str]) -> dict[str, str]:
    """What was ticked of a letter, for each copy that stands on it."""
    return {
        f"outcome-{row.pk}": ticked.get(f"outcome-{home[0].pk}", "") for home in copies_by_letter(rows) for row in home
    }
