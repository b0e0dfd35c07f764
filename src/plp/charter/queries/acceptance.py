"""Reads about the members and the internal rules: who has not accepted the version that holds (R68, R98)."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from plp.charter.models import Acceptance, Deed
from plp.charter.states import DeedState
from plp.mandates.grants import Permission
from plp.mandates.queries import holds_any_permission, permitted_areas
from plp.mandates.scopes import AreaScope
from plp.membership.models import Membership
from plp.membership.states import Belonging
from plp.partnership.open_rows import OpenRows
from plp.people.models import Consent, Person


def active_members_bound_by(deed: Deed) -> QuerySet[Membership]:
    """The active members for whom the rules ``deed`` hold."""
    return Membership.objects.filter(partnership=deed.partnership_id, state=Belonging.ACTIVE)


def members_without_acceptance_of_rules(deed: Deed) -> QuerySet[Membership]:
    """The active members who accepted ``deed`` neither since nor when they asked to join."""
    since = Acceptance.objects.filter(deed=deed, person=OuterRef("person"))
    joining = Consent.objects.filter(
        person=OuterRef("person"),
        kind=Consent.Kind.INTERNAL_RULES,
        version=f"rules-{deed.version}",
        given_at=OuterRef("asked_at"),
    )
    return active_members_bound_by(deed).filter(~Exists(since), ~Exists(joining)).order_by("joined_at", "pk")


ASKED_RULES = OpenRows(
    f"FROM charter_asking a JOIN charter_deed t ON t.id = a.deed_id WHERE t.state = '{DeedState.SIGNED}' "
    "AND t.partnership_id IN {partnerships}"
)


def _rules_put_to_members(areas: AreaScope) -> QuerySet[Deed]:
    held = Deed.objects.filter(partnership__area__in=areas, kind=Deed.Kind.RULES, state=DeedState.SIGNED)
    return held.exclude(asking=None).prefetch_related("partnership__area").order_by("partnership__key")


def rules_with_missing_acceptances(person: Person, *, at: datetime) -> list[tuple[Deed, int]]:
    """The rules in force whose members ``person`` manages, where some were asked and have not accepted: how many."""
    if not holds_any_permission(person, Permission.MEMBERS_MANAGE, at=at) or not ASKED_RULES.may_exist_for(person):
        return []
    areas = permitted_areas(person, Permission.MEMBERS_MANAGE, at=at)
    counted = [(deed, members_without_acceptance_of_rules(deed).count()) for deed in _rules_put_to_members(areas)]
    return [(deed, number) for deed, number in counted if number]


def when_rules_were_accepted(person: Person) -> list[datetime]:
    """When ``person`` accepted rules that came into force after they joined, newest first."""
    accepted = Acceptance.objects.filter(person=person).order_by("-accepted_at")
    return list(accepted.values_list("accepted_at", flat=True))


def rules_to_be_accepted_by(person: Person) -> list[Deed]:
    """The internal rules in force that ``person`` has not accepted, for each partnership where they are a member."""
    mine = Membership.objects.filter(person=person, state=Belonging.ACTIVE)
    held = Deed.objects.filter(
        partnership__in=mine.values("partnership"), kind=Deed.Kind.RULES, state=DeedState.SIGNED
    ).exclude(acceptances__person=person)
    found = held.select_related("partnership__area").order_by("partnership__key")
    return [deed for deed in found if members_without_acceptance_of_rules(deed).filter(person=person).exists()]
