"""Which rows belong to a partnership: found by the foreign keys themselves, so that a new table is not forgotten."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models

from plp.delivery.models import Message
from plp.firms.models import Firm
from plp.mandates.grants import Role
from plp.mandates.models import Mandate
from plp.membership.states import STAYING
from plp.partnership.models import Partnership
from plp.people.models import Buddy, Household, Person
from plp.places.models import Area, Coverage, Street

# What stays behind, and why.
LEFT_BEHIND = {
    "sightings": "what citizens told the police belongs to the police (R75, R85)",
    "partnership.ListImport": "a draft of others, of one day",
    "partnership.LetterboxCode": "codes on paper hold to the key of the installation",
    "notices.ReplyCode": "keys of three days",
    "evening.Slip": "votes on paper hold to the key of the installation",
    "evening.Right": "votes on paper hold to the key of the installation",
    "evaluation.SurveyCode": "codes on paper hold to the key of the installation",
    "launch.SurveyCode": "codes on paper hold to the key of the installation",
    "launch.CalendarLink": "a secret address of the old site",
    "launch.Reminder": "what was recalled is recalled anew",
    "launch.Position": "worked out from the rest",
    "followup.Due": "the clock finds it again",
    "followup.OnCallAlert": "the clock finds it again",
    "mandates.Rota": "who is on call is said anew",
    "mandates.Shift": "who is on call is said anew",
    "connections": "keys and addresses of programs that know this site alone",
    "alerts": "official alerts were read by the installation",
    "exchange": "keys and partners belong to the installation",
    "people.Code": "keys of ten minutes",
    "people.Account": "whoever signs in is invited anew: ./plp appoint",
    "firms.Screen": "a till trusts the old site alone: it is paired anew",
    "people.Device": "a browser trusts the old site alone",
    "people.Recovery": "of a sign-in that stays behind",
    "people.AddressChange": "of a sign-in that stays behind",
    "delivery.Dispatch": "the log of copies belongs to the installation; what was said is in the notices",
    "delivery.MessageText": "what was said is in the notices",
    "delivery.MessageChannel": "belongs to the log of copies",
    "drafts": "forms that were not sent",
    "journal": "a chain is proven in its own installation alone; it is taken along to be read",
}
OF_A_MEMBER = (
    "people.ContactPoint",
    "people.Consent",
    "people.Preference",
    "people.Muted",
    "people.FinishedExercise",
)

# What belongs to the zone, and stays with it when one of its partnerships moves to another.
OF_THE_ZONE = frozenset(
    {
        "followup.PolicyPlan",
        "followup.Service",
        "launch.Desk",
        "launch.Idea",
        "launch.PaperLook",
        "launch.ZoneRule",
        "notices.DecisionModel",
        "notices.ZoneText",
        "people.RetentionTerm",
        "places.EmergencyNumbers",
        "protection.Breach",
    }
)
CITIZENS = (Role.COORDINATOR, Role.DEPUTY, Role.COMMITTEE)  # whose roles move with a partnership

NAMED = (Person, Area, Street, Message)  # taken along because another row names them, without what is below
Rows = dict[type[models.Model], dict[Any, models.Model]]


def is_table_left_out_of_transfer(table: type[models.Model]) -> bool:
    """Whether a table, or its room, stays behind."""
    return table._meta.label in LEFT_BEHIND or table._meta.app_label in LEFT_BEHIND


def foreign_keys_of(table: type[models.Model]) -> Iterator[models.ForeignKey]:
    """The columns of a table that point to another row."""
    return (field for field in table._meta.concrete_fields if isinstance(field, models.ForeignKey))


def every_row_of_partnership(partnership: Partnership) -> Rows:
    """Every row of a partnership by table and key: its own, those below, and whom and what they name."""
    rows: Rows = {Partnership: {partnership.pk: partnership}}
    _add_rows(rows, Mandate.objects.filter(area=partnership.area))
    _add_rows(rows, Coverage.objects.filter(area=partnership.area))
    _add_dependent_rows(rows)
    members = Person.objects.filter(memberships__partnership=partnership, memberships__state__in=STAYING)
    for label in OF_A_MEMBER:
        _add_rows(rows, apps.get_model(label)._default_manager.filter(person__in=members.values("pk")))
    inside = {"person__in": members.values("pk"), "helper__in": members.values("pk")}
    _add_rows(rows, Buddy.objects.filter(**inside))
    _add_referenced_rows(rows)
    _add_rows(rows, Household.objects.filter(persons__in=members.values("pk")))
    _add_rows(rows, Firm.objects.filter(memberships__partnership=partnership).distinct())
    _add_referenced_rows(rows)
    _clear_homes_of_non_members_and_audiences(rows, {person.pk for person in members})
    return rows


def rows_that_move_with_partnership(partnership: Partnership) -> Rows:
    """Every row that goes when a partnership moves: of persons its members and who serves it, of roles no police role.

    Whoever left stays out, with whatever is theirs alone; who acted in a role of the police is named to nobody.
    """
    rows = every_row_of_partnership(partnership)
    members = Person.objects.filter(memberships__partnership=partnership, memberships__state__in=STAYING)
    serving = Person.objects.filter(mandates__area=partnership.area, mandates__role__in=CITIZENS)
    helpers = helpers_only_of_these_members(members)
    _add_helpers(rows, members, helpers)
    going = {key for persons in (members, serving, helpers) for key in persons.values_list("pk", flat=True)}
    _remove_rows_and_dependents(rows, Person, {key for key in rows.get(Person, {}) if key not in going})
    police = {key for key, mandate in rows.get(Mandate, {}).items() if mandate.role not in CITIZENS}  # type: ignore[attr-defined]
    _remove_rows_and_dependents(rows, Mandate, police)
    for table in [table for table in rows if table._meta.label in OF_THE_ZONE]:
        del rows[table]
    return rows


def helpers_only_of_these_members(members: "models.QuerySet[Person]") -> "models.QuerySet[Person]":
    """Who receives for a member and has no other part here: they go where the member goes."""
    helpers = Person.objects.filter(helps__person__in=members.values("pk"), memberships=None, mandates=None)
    return helpers.filter(account=None).distinct()


def _add_helpers(rows: Rows, members: "models.QuerySet[Person]", helpers: "models.QuerySet[Person]") -> None:
    """Helpers with their own contacts and consents."""
    keys = list(helpers.values_list("pk", flat=True))
    if not keys:
        return
    _add_rows(rows, Buddy.objects.filter(person__in=members.values("pk"), helper__in=keys))
    for label in OF_A_MEMBER:
        _add_rows(rows, apps.get_model(label)._default_manager.filter(person__in=keys))
    _add_rows(rows, Person.objects.filter(pk__in=keys))


def _remove_rows_and_dependents(rows: Rows, table: type[models.Model], keys: set[Any]) -> None:
    """Take rows out, with those that cannot be without them."""
    gone = {key for key in keys if rows.get(table, {}).pop(key, None) is not None}
    if not gone:
        return
    for other, rows_of_table in rows.items():
        for field in foreign_keys_of(other):
            if field.related_model is table and not field.null:
                lost = {key for key, row in rows_of_table.items() if getattr(row, field.attname) in gone}
                _remove_rows_and_dependents(rows, other, lost)


def _add_rows(rows: Rows, new_rows: "models.QuerySet[Any]") -> None:
    rows.setdefault(new_rows.model, {}).update({row.pk: row for row in new_rows})


def _add_dependent_rows(rows: Rows) -> None:
    """Whatever points to a row that is taken along, again and again."""
    todo = list(rows)
    while todo:
        above = todo.pop(0)
        for table in apps.get_models():
            if not table.__module__.startswith("plp.") or is_table_left_out_of_transfer(table) or table in NAMED:
                continue
            for field in foreign_keys_of(table):
                if field.related_model is not above or not rows[above] or above in NAMED:
                    continue
                before = len(rows.get(table, {}))
                _add_rows(rows, table._default_manager.filter(**{f"{field.name}__in": list(rows[above])}))
                if len(rows[table]) > before and table not in todo:
                    todo.append(table)


def _add_referenced_rows(rows: Rows) -> None:
    """Persons, areas with those around them, and streets that a row names."""
    for target in NAMED:
        keys = {
            getattr(row, field.attname)
            for table, rows_of_table in list(rows.items())
            for field in foreign_keys_of(table)
            if field.related_model is target
            for row in rows_of_table.values()
        }
        _add_rows(rows, target.objects.filter(pk__in=keys - {None}))
    paths = {area.path[: end + 1] for area in rows[Area].values() for end, sign in enumerate(area.path) if sign == "/"}  # type: ignore[attr-defined]
    _add_rows(rows, Area.objects.filter(path__in=paths))


def _clear_homes_of_non_members_and_audiences(rows: Rows, members: set[Any]) -> None:
    """Officers and others are taken along by name alone: not where they live. A message comes without its copies."""
    for message in rows.get(Message, {}).values():
        message.audience = 0  # type: ignore[attr-defined]
    for person in rows.get(Person, {}).values():
        if person.pk not in members:
            person.household_id = None  # type: ignore[attr-defined]
