"""What is known of a partnership, for the places of its documents: gathered once, said in each language.

The reads are in ``known``; what nobody has given yet is ``Missing``, with its name.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import override

from plp.charter.kinds import KINDS
from plp.charter.models import Contact, Deed, FinancingPlan, PlanRule
from plp.charter.queries import contacts_of, financing_at_work, financing_settled, plan_at_work, plan_that_holds
from plp.charter.reading import ways
from plp.documents import Grid, Lines, Missing, Value
from plp.evening.letters import public_url
from plp.evening.models import Meeting
from plp.evening.states import Purpose
from plp.evening.states import State as Evening
from plp.launch.documents import terms
from plp.launch.documents.entry import Entry
from plp.launch.documents.wanted import PRIVATE, WANTED
from plp.launch.models import Recognition
from plp.launch.queries.facts import plan_of
from plp.mandates.grants import Role
from plp.mandates.queries import in_force
from plp.membership.models import Membership
from plp.membership.states import Belonging
from plp.partnership.models import Partnership, Statement
from plp.partnership.queries import statements
from plp.places.models import Area
from plp.places.naming import Part, in_words, parts_of
from plp.places.queries import addresses_of, municipalities_touched
from plp.places.queries.emergency import numbers_in
from plp.places.rules import fold
from plp.places.rules.emergency import Numbers
from plp.toolbox.clock import local
from plp.toolbox.dates import date_format
from plp.toolbox.phones import spoken


@dataclass(frozen=True)
class Known:
    """Everything about one partnership that a document may say."""

    partnership: Partnership
    circular: date
    at: datetime
    zone: Area | None
    municipalities: Sequence[Area]
    parts: Sequence[Part]
    doors: int
    said: Sequence[Statement]
    evening: Meeting | None
    rules: Sequence[PlanRule]
    financing: FinancingPlan | None
    contacts: Sequence[Contact]
    office: Mapping[str, str]  # role to name
    charter: Deed | None
    recognition: Recognition | None
    members: int
    numbers: Numbers  # to phone in danger (R124)


def known(partnership: Partnership, *, at: datetime) -> Known:
    """Gather what is known. The number of queries does not depend on the number of rows."""
    area = partnership.area
    around = {one.kind: one for one in Area.objects.around(area.path)}
    parts = parts_of(area)
    deeds = list(partnership.deeds.filter(kind=Deed.Kind.CHARTER).order_by("-version"))
    plan = plan_that_holds(partnership) or plan_at_work(partnership)
    financing = financing_settled(partnership) or financing_at_work(partnership)
    prefetch_related_objects([financing] if financing else [], "lines")
    return Known(
        partnership=partnership,
        circular=deeds[0].circular_on if deeds else plan_of(partnership).circular,
        at=at,
        zone=around.get(Area.Kind.ZONE),
        municipalities=municipalities_touched(area),
        parts=parts,
        doors=addresses_of(area).count(),
        said=list(statements(partnership)),
        evening=_evening(partnership),
        rules=list(plan.rules.all()) if plan else [],
        financing=financing,
        contacts=contacts_of(partnership),
        office=_office(area, at),
        charter=next((deed for deed in deeds if deed.signed_at), None),
        recognition=Recognition.objects.filter(partnership=partnership).first(),
        members=Membership.objects.filter(partnership=partnership, state=Belonging.ACTIVE).count(),
        numbers=numbers_in(area, partnership.languages[0]),
    )


def _evening(partnership: Partnership) -> Meeting | None:
    evenings = Meeting.objects.filter(partnership=partnership, purpose=Purpose.INFORMATION)
    return evenings.exclude(state=Evening.CANCELLED).order_by("-starts_at").first()


def _office(area: Area, at: datetime) -> dict[str, str]:
    """Who holds the two offices that letters name: the officer nearest to the quarter, its own coordinator."""
    beginnings = [area.path[: end + 1] for end, sign in enumerate(area.path) if sign == "/"]
    roles = [Role.OFFICER, Role.COORDINATOR]
    held = in_force(at).filter(role__in=roles, area__path__in=beginnings).select_related("person", "area")
    return {mandate.role: mandate.person.name for mandate in sorted(held, key=lambda one: len(one.area.path))}


def place_names(entry: Entry) -> set[str]:
    """The names of the places that a text of ``entry`` may use."""
    return {*ALWAYS, *WANTED} - (PRIVATE - entry.names)


def places(known: Known, language: str) -> dict[str, Value]:
    """The value of every place in ``language`` (fr, nl, de, en); ``Missing`` for what nobody has given yet."""
    with override(language):
        found: dict[str, Value | None] = {**_ground(known, language), **_evening_places(known.evening)}
        found |= _deeds(known) | _people(known)
        wanted = {name: found.get(name) or Missing(words) for name, words in WANTED.items()}
        return {**always(known, language), **wanted}


def always(known: Known, language: str) -> dict[str, Value]:
    """The places that are never missing."""
    kind, partnership = known.partnership.kind, known.partnership
    page = f"{settings.ORIGIN}/p/{partnership.key}/"
    names = [area.shown(language) for area in known.municipalities]
    zone = known.zone.name(language) if known.zone else partnership.name(language)
    return {
        "partnership": partnership.name(language),
        "plp": terms.SIGNS[kind][language],
        "plp_name": terms.NAMES[kind][language],
        "zone": zone,
        "municipality": " – ".join(names) or zone,
        "emergency": known.numbers.help,
        "emergency_police": known.numbers.police,
        "circular": terms.CIRCULAR[language].format(day=day(known.circular)),
        "today": day(local(known.at).date()),
        "link": page,
        "join_link": f"{page}join/",
    }


ALWAYS = frozenset(
    "partnership plp plp_name zone municipality emergency emergency_police circular today link join_link".split()
)


def day(value: date) -> str:
    """A day in words of the active language."""
    return date_format(value, "DATE_FORMAT")


def _ground(known: Known, language: str) -> dict[str, Value | None]:
    """Area, purpose and what the parties said."""
    said = {kind: [one for one in known.said if one.kind == kind] for kind in Statement.Kind.values}
    return {
        "streets": _lines(sorted((in_words(part) for part in known.parts), key=fold)),
        "doors": str(known.doors) if known.doors else None,
        "purpose": str(known.partnership.purpose.get(language) or "").strip() or None,
        "motives": _said(said[Statement.Kind.MOTIVE], language),
        "expectations": _said(said[Statement.Kind.EXPECTATION], language),
        "objectives": _said(said[Statement.Kind.OBJECTIVE], language),
    }


def _said(said: Sequence[Statement], language: str) -> Lines | None:
    """What the parties said: in the language asked for, else as it was said."""
    own = [one for one in said if one.language == language] or said
    return _lines([" ".join(one.text.split()) for one in own])


def _lines(items: Sequence[str]) -> Lines | None:
    return Lines(items) if items else None


def _evening_places(evening: Meeting | None) -> dict[str, Value | None]:
    """When, where, how to get in."""
    if evening is None:
        return {}
    starts = local(evening.starts_at)
    return {
        "evening_date": date_format(starts, "WEEKDAY_DATE_FORMAT"),
        "evening_time": formats.time_format(starts, "H:i"),
        "evening_place": evening.place.strip() or None,
        "evening_address": evening.street.strip() or None,
        "evening_access": evening.access.strip() or None,
        "evening_link": public_url(evening),
    }


def _deeds(known: Known) -> dict[str, Value | None]:
    """Plan, money, contacts and the days of signing, recognition and launch."""
    signed = known.charter.signed_at if known.charter else None
    validated = known.recognition.validated_on if known.recognition else None
    launched = known.partnership.launched_at
    return {
        "plan": _lines(_travel(known.rules)),
        "finance": _finance(known.financing),
        "contacts": _contacts(known.contacts),
        "signed_on": day(local(signed).date()) if signed else None,
        "recognised_on": day(validated) if validated else None,
        "launched_on": day(local(launched).date()) if launched else None,
        "members": str(known.members) if known.members else None,
    }


def _travel(rules: Sequence[PlanRule]) -> list[str]:
    """How messages travel: one sentence for all kinds that go the same way, the urgent ones first."""
    alike: dict[tuple[str, str], list[str]] = {}
    for rule in sorted(rules, key=lambda rule: list(KINDS).index(rule.kind)):
        alike.setdefault((str(rule.get_route_display()), ways(rule.channels)), []).append(str(KINDS[rule.kind].label))
    return [
        _("%(kinds)s: %(route)s, by %(ways)s.") % {"kinds": ", ".join(kinds), "route": route, "ways": channels}
        for (route, channels), kinds in alike.items()
    ]


def _finance(plan: FinancingPlan | None) -> Value | None:
    """The costs as a table: what, a year, who pays, until when."""
    if plan is None:
        return None
    rows = [
        [
            line.what,
            _("%s euros") % formats.number_format(line.yearly, 2),
            str(line.get_payer_display()),
            day(line.paid_until) if line.paid_until else _("without end"),
        ]
        for line in plan.lines.all()
    ]
    if not rows:
        return _("There are no costs.") if plan.costs_nothing else None
    return Grid([_("What"), _("A year"), _("Who pays"), _("Until")], rows)


def _contacts(contacts: Sequence[Contact]) -> Grid | None:
    """The partners: organisation, in which quality, name, how to reach them."""
    rows = [
        [
            f"{one.organisation} ({one.get_slot_display()})",
            one.name,
            "\n".join(filter(None, (spoken(one.phone), one.email))),
        ]
        for one in contacts
    ]
    return Grid([_("Partner"), _("Name"), _("Contact")], rows) if rows else None


def _people(known: Known) -> dict[str, Value | None]:
    """Functional addresses, which are public, and the names of the two offices."""
    return {
        "police_contact": spoken(known.partnership.contact_phone) or None,
        "coordinator_contact": known.partnership.contact_email or None,
        "officer": known.office.get(Role.OFFICER),
        "coordinator": known.office.get(Role.COORDINATOR),
    }
