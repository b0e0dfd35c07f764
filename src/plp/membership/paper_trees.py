"""A day without network, on paper: who calls whom, and a round sheet for each street (R118).

Whoever agreed to be called is on the tree; the doors of all are on the rounds, without a name. A pause changes nothing
here: a gap on a list carried by hand would tell who is away (T14).
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plp.delivery.installed import channels
from plp.delivery.phone_numbers import format_phone_number
from plp.documents import Grid, Value, compose, pdf
from plp.documents.dates import date_format
from plp.firms.models import Firm
from plp.mandates.grants import Role
from plp.mandates.queries import mandates_of_exact_area
from plp.membership.firms import firms_by_person
from plp.membership.models import Membership
from plp.membership.states import Belonging
from plp.partnership.models import Partnership
from plp.people.models import ContactPoint, Person
from plp.places.queries.emergency import help_numbers_in
from plp.toolbox.clock import local
from plp.toolbox.texts import text
from plp.toolbox.words import alphabetical_key

TEXTS = Path(__file__).parent / "texts"
CALLERS = (Role.COORDINATOR, Role.DEPUTY, Role.COMMITTEE)  # in this order: the first of them begins the tree
TO_TICK = "☐"


@dataclass(frozen=True)
class TreePerson:
    """Somebody with a telephone: ``numbers`` as people write them, ``note`` their word for callers."""

    name: str
    door: str
    numbers: Sequence[str]
    note: str = ""


@dataclass(frozen=True)
class CallBranch:
    """Whom one caller calls, neighbours together."""

    caller: TreePerson
    calls: Sequence[TreePerson]


@dataclass(frozen=True)
class CallTree:
    """``branches``: one a caller; the first caller calls the others too. ``rounds``: each street with its doors and how
    many members live behind each. ``without_telephone`` members are on the rounds alone.
    """

    branches: Sequence[CallBranch]
    rounds: Sequence[tuple[str, Sequence[tuple[str, int]]]]
    without_telephone: int


def call_tree(partnership: Partnership, language: str, *, at: datetime) -> CallTree:
    """The tree of a partnership as it is at ``at``: three queries, however many members there are."""
    mandates = [mandate for mandate in mandates_of_exact_area(partnership.area, at=at) if mandate.role in CALLERS]
    mandates.sort(key=lambda mandate: CALLERS.index(Role(mandate.role)))
    offices = list(dict.fromkeys(mandate.person_id for mandate in mandates))
    inside = Membership.objects.filter(partnership=partnership, state=Belonging.ACTIVE).values("person")
    persons = Person.objects.filter(pk__in=inside.union(Person.objects.filter(pk__in=offices).values("pk")))
    persons_by_key = {person.pk: person for person in persons.select_related("household__street", "preference")}
    numbers, firms = _agreed_telephone_numbers_by_person(list(persons_by_key)), firms_by_person(partnership)
    rows = {
        key: _tree_person(person, numbers[key], firms.get(key), language)
        for key, person in persons_by_key.items()
        if key in numbers
    }
    callers = [rows[key] for key in offices if key in rows]
    called = sorted((row for key, row in rows.items() if key not in offices), key=lambda row: _door_sort_key(row.door))
    members = [person for key, person in persons_by_key.items() if key not in offices]
    silent = sum(person.pk not in numbers for person in members)
    return CallTree(_call_branches(callers, called), _people_per_door_by_street(members, language), silent)


def call_tree_pdf(partnership: Partnership, language: str, *, at: datetime) -> bytes:
    """The tree, each caller on a page, then the rounds, street below street. Raises as ``documents.pdf``."""
    with translation.override(language):
        tree = call_tree(partnership, language, at=at)
        help_numbers, day = help_numbers_in(partnership.area, language), date_format(local(at), "DATE_FORMAT")
        name = partnership.name(language)
        places: dict[str, Value] = {"partnership": name, "day": day}
        places |= {"police": help_numbers.police, "help": help_numbers.help}
        parts = [text(TEXTS, "paper_tree", language, **{place: f"{{{place}}}" for place in places})]
        _add_call_branches(parts, places, tree)
        _add_walking_rounds(parts, places, tree)
        title = _("Call tree and rounds, %s") % name
    document = compose("\n\n".join(parts), places, language=language, title=title)
    return pdf(document, at=at, footer=f"{name} · {day}")


def _add_call_branches(parts: list[str], places: dict[str, Value], tree: CallTree) -> None:
    if len(tree.branches) > 1:
        first = tree.branches[0].caller
        parts += [f"## {_('First call')}", _("%s calls those who call on.") % "{first}", "{callers}"]
        places["first"], places["callers"] = first.name, _persons_grid([branch.caller for branch in tree.branches[1:]])
    for number, branch in enumerate(tree.branches):
        key = _placeholder_name(number)
        places[f"caller_{key}"], places[f"calls_{key}"] = branch.caller.name, _persons_grid(branch.calls)
        count = ngettext("%d call", "%d calls", len(branch.calls)) % len(branch.calls)
        parts += ["---", f"## {_('%s calls') % f'{{caller_{key}}}'}", count, f"{{calls_{key}}}"]
    if not tree.branches:
        parts.append(_("Nobody in office can be reached by telephone: walk the rounds below."))


def _add_walking_rounds(parts: list[str], places: dict[str, Value], tree: CallTree) -> None:
    parts.append("---")
    for number, (street, doors) in enumerate(tree.rounds):
        key = _placeholder_name(number)
        places[f"street_{key}"] = street
        rows = [(house, str(count), TO_TICK, "") for house, count in doors]
        places[f"doors_{key}"] = Grid([_("Number"), _("People"), _("Told"), _("Note")], rows)
        heading = _("Round: %s") % f"{{street_{key}}}"
        parts += [f"## {heading}", _("Told by: %s") % "____", f"{{doors_{key}}}"]


def _persons_grid(rows: Sequence[TreePerson]) -> Grid:
    head = [_("Name"), _("Telephone"), _("Address"), _("Note"), _("Reached")]
    return Grid(head, [(row.name, ", ".join(row.numbers), row.door, row.note, TO_TICK) for row in rows])


def _agreed_telephone_numbers_by_person(persons: Sequence[UUID]) -> dict[UUID, list[str]]:
    """The numbers by which each agreed to be reached, confirmed and not stopped, the first one first: one query."""
    by_telephone = [key for key, channel in channels().items() if channel.address_form.input_type == "tel"]
    usable = ContactPoint.objects.filter(
        person__in=persons, channel__in=by_telephone, confirmed_at__isnull=False, stopped_at=None
    )
    numbers: dict[UUID, list[str]] = {}
    for contact in usable.order_by("rank", "created_at"):
        own, number = numbers.setdefault(contact.person_id, []), format_phone_number(contact.address)
        if number not in own:
            own.append(number)
    return numbers


def _tree_person(person: Person, numbers: Sequence[str], firm: Firm | None, language: str) -> TreePerson:
    home, wishes = person.household, getattr(person, "preference", None)
    door = f"{home.street.name(language)} {home.house}" if home else ""
    note = wishes.call_note_in_words if wishes else ""
    if firm is None:
        return TreePerson(person.name, door, numbers, note)
    return TreePerson(
        f"{person.name}, {firm.name}", door, numbers, " ".join(filter(None, [note, firm.opening_sentence]))
    )


def _call_branches(callers: Sequence[TreePerson], called: Sequence[TreePerson]) -> list[CallBranch]:
    """Each caller with an equal share, cut so that neighbours stay together."""
    number = len(callers)
    cuts = [len(called) * place // number for place in range(number + 1)] if number else []
    return [CallBranch(caller, called[cuts[place] : cuts[place + 1]]) for place, caller in enumerate(callers)]


def _people_per_door_by_street(members: Sequence[Person], language: str) -> list[tuple[str, list[tuple[str, int]]]]:
    """The streets from A to Z: odd numbers going up, then even ones coming back."""
    doors = Counter(
        (person.household.street.name(language), str(person.household.house)) for person in members if person.household
    )
    streets = sorted({street for street, _house in doors}, key=alphabetical_key)
    rounds = []
    for street in streets:
        counts = {house: count for (name, house), count in doors.items() if name == street}
        order = [*sorted((house for house in counts if _house_number(house) % 2), key=_house_sort_key)]
        order += sorted((house for house in counts if not _house_number(house) % 2), key=_house_sort_key, reverse=True)
        rounds.append((street, [(house, counts[house]) for house in order]))
    return rounds


def _house_number(house: str) -> int:
    digits = re.match(r"\d{1,9}", house)
    return int(digits[0]) if digits else 0


def _house_sort_key(house: str) -> tuple[int, str]:
    return _house_number(house), house


def _door_sort_key(door: str) -> tuple[object, int, str]:
    street, _space, house = door.rpartition(" ")
    return alphabetical_key(street), _house_number(house), house


def _placeholder_name(number: int) -> str:
    """The name of a place for a number: a, b, ... z, ba, ..."""
    others, letter = divmod(number, 26)
    return (_placeholder_name(others) if others else "") + chr(97 + letter)
