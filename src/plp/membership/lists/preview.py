"""What a list would change in a partnership: who is new, who belongs already, what is wrong, row by row."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from plp.membership.lists.columns import Field, field_of_column
from plp.membership.lists.rows import ListEntry, parse_list_row, split_couple
from plp.membership.lists.tables import ListTable
from plp.membership.models import Membership
from plp.membership.states import Belonging
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.people.queries import contact_digest, house_digest
from plp.places.models import Street
from plp.places.queries.doors import DoorIndex, door_index
from plp.places.rules import fold

type Fate = Literal["new", "added", "known", "twice", "bad"]
type Mark = tuple[str, str]  # a folded name with the digest of a contact or of a door
type Contact = tuple[str, str]

NO_STREET = _("This street is not in the neighbourhood of the partnership.")
NO_DOOR = _("This house number is not in the neighbourhood of the partnership.")
OUTSIDE = _("%(place)s lies outside of the neighbourhood of the partnership.")
HAS_LEFT = _("This person left the partnership. Only they can come back, on the public page.")


@dataclass(frozen=True)
class PreviewRow:
    """A row and what becomes of it. ``twice_of`` is the row that says the same; ``new_contacts`` are to be added."""

    entry: ListEntry
    fate: Fate
    street: Street | None = None
    problems: tuple[Any, ...] = ()
    person: UUID | None = None
    new_contacts: tuple[Contact, ...] = ()
    twice_of: int = 0


@dataclass(frozen=True)
class Preview:
    """Every row judged, in the order of the file. ``couples``: how many names are those of two people."""

    rows: tuple[PreviewRow, ...]
    couples: int = 0

    @cached_property
    def counts(self) -> Counter[Fate]:
        """How many rows have which fate."""
        return Counter(row.fate for row in self.rows)

    @property
    def bad(self) -> list[PreviewRow]:
        """The rows that are not added."""
        return [row for row in self.rows if row.fate == "bad"]

    @property
    def faulty(self) -> list[PreviewRow]:
        """The rows with a problem: those that are not added, and those of which a part is left out."""
        return [row for row in self.rows if row.fate == "bad" or row.entry.left_out]

    @property
    def streets(self) -> int:
        """In how many streets the people on the list live."""
        return len({row.street.pk for row in self.rows if row.street is not None})


class _KnownPersons:
    """Who belongs, waits or has left, by name and contact and by name and door: two queries."""

    def __init__(self, partnership: Partnership) -> None:
        self.members: dict[Mark, UUID] = {}
        self.gone: set[Mark] = set()
        self.contacts: dict[UUID, set[str]] = {}
        memberships = Membership.objects.filter(partnership=partnership).exclude(state=Belonging.REFUSED)
        for membership in memberships.select_related("person__household").prefetch_related("person__contacts"):
            held = {point.digest for point in membership.person.contacts.all()}
            marks = list(_identity_marks_of_person(membership.person, held))
            if membership.state == Belonging.LEFT:
                self.gone |= set(marks)
            else:
                self.members |= dict.fromkeys(marks, membership.person_id)
                self.contacts[membership.person_id] = held


def _identity_marks_of_person(person: Person, contact_digests: set[str]) -> Iterator[Mark]:
    name, home = fold(person.name), person.household
    yield from ((name, digest) for digest in contact_digests)
    if home is not None:
        yield name, home.digest


def preview_list(
    table: ListTable, columns: Sequence[str], partnership: Partnership, *, parts_couples: bool = False
) -> Preview:
    """Judge every row of ``table`` whose columns hold ``columns``: a handful of queries, however long it is.

    ``parts_couples``: "Jean et Marie Peeters" are two people; else one member, reached together.
    """
    doors, persons = door_index(partnership.area), _KnownPersons(partnership)
    language = partnership.languages[0] if partnership.languages else "fr"
    seen: dict[Mark, int] = {}
    rows, couples = [], 0
    for line, cells in table.lines:
        if not any(cells) or _is_header(cells, columns):
            continue
        entry = parse_list_row(line, cells, columns, language=language)
        pair = split_couple(entry)
        couples += len(pair) > 1
        rows += [_preview_row(member, doors, persons, seen) for member in (pair if parts_couples else (entry,))]
    return Preview(tuple(rows), couples)


def _is_header(cells: Sequence[str], columns: Sequence[str]) -> bool:
    """Whether the names of the columns stand here again, as in lists that were pasted together."""
    used = [(cell, column) for cell, column in zip(cells, columns, strict=False) if column]
    return len(used) > 1 and all(_is_column_name(cell, column) for cell, column in used)


def _is_column_name(cell: str, column: str) -> bool:
    field = field_of_column(cell)
    return field == column or (field is Field.LAST and column == Field.NAME)


def _preview_row(entry: ListEntry, doors: DoorIndex, persons: _KnownPersons, seen: dict[Mark, int]) -> PreviewRow:
    """What becomes of one row; ``seen`` remembers it for those that follow."""
    street, problems = _street_and_problems_of(entry, doors)
    contacts = {contact_digest(*contact): contact for contact in entry.contacts}
    name = fold(entry.name)
    marks = [(name, digest) for digest in contacts]
    if street is not None and entry.house:
        marks.append((name, house_digest(street, entry.house)))
    person = next((persons.members[mark] for mark in marks if mark in persons.members), None)
    if person is None and any(mark in persons.gone for mark in marks):
        problems = [*problems, HAS_LEFT]
    if problems:
        return PreviewRow(entry, "bad", street, tuple(problems))
    before = next((seen[mark] for mark in marks if mark in seen), 0)
    for mark in marks:
        seen.setdefault(mark, entry.line)
    if before:
        return PreviewRow(entry, "twice", street, twice_of=before)
    if person is None:
        return PreviewRow(entry, "new", street, new_contacts=entry.contacts)
    new = tuple(contact for digest, contact in contacts.items() if digest not in persons.contacts[person])
    return PreviewRow(entry, "added" if new else "known", street, person=person, new_contacts=new)


def _street_and_problems_of(entry: ListEntry, doors: DoorIndex) -> tuple[Street | None, list[Any]]:
    """The street of the quarter and all that is wrong with the row."""
    problems = list(entry.problems)
    if doors.is_of_other_municipality(entry.postcode, entry.city):
        place = f"{entry.postcode} {entry.city}".strip()
        return None, [*problems, OUTSIDE % {"place": place}]
    if not entry.street:
        return None, problems
    street = doors.find_street(entry.street, entry.postcode)
    if street is None:
        problems.append(NO_STREET)
    elif not problems and not doors.covers_door(street, entry.house):
        problems.append(NO_DOOR)
    return street, problems
