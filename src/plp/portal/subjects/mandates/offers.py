"""What this subject offers to the shell."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from plp.accounts.recoveries import LASTS, recoveries_to_approve
from plp.mandates.grants import POLICE, Permission, Role
from plp.mandates.models import Mandate
from plp.mandates.queries import holds_any_permission, mandates_in_force, mandates_of, permitted_areas
from plp.mandates.rules import CONFIRMED_FOR, OFFICES
from plp.mandates.terms import MONTH, confirmer_role_text, mandates_ending_by, mandates_to_confirm
from plp.membership.queries import candidates_in_scope
from plp.membership.states import Candidacy, Function
from plp.partnership.open_rows import OpenRows
from plp.partnership.queries import partnerships_in_scope
from plp.people.models import Person
from plp.places.models import Area
from plp.portal.shell.offers import (
    PARTNERSHIP,
    FirstStep,
    MenuEntry,
    Offers,
    SearchResult,
    Source,
    Task,
)
from plp.portal.shell.search import MOST, matches_search
from plp.portal.subjects.mandates.staff import zones_without_officer
from plp.portal.subjects.mandates.succession import partnerships_needing_next_coordinator

UNCONFIRMED = OpenRows(  # a role of somebody else that nobody confirmed for eleven months
    "FROM mandates_mandate t WHERE t.area_id IN {areas} AND t.person_id <> {person} AND t.ends_at IS NULL "
    "AND COALESCE(t.confirmed_at, t.starts_at) <= {since}",
    age=CONFIRMED_FOR - MONTH,
    permission=Permission.MANDATE_LIST,
)
LAST_DAYS = OpenRows(  # one whose last day is within a month
    "FROM mandates_mandate t WHERE t.area_id IN {areas} AND t.person_id <> {person} "
    "AND t.ends_at >= {today} AND t.ends_at <= {since}",
    age=-MONTH,
    permission=Permission.MANDATE_LIST,
)


def mandate_tasks(person: Person, at: datetime) -> list[Task]:
    """Zones without an officer; candidates to be screened and appointed; quarters that lose their coordinator; roles
    that end, those that one gave and one's own.
    """
    return (
        _designation_tasks(person, at)
        + _screening_and_appointment_tasks(person, at)
        + _recovery_approval_tasks(person, at)
        + _succession_tasks(person, at)
        + _ending_role_tasks(person, at)
        + _own_ending_role_tasks(person, at)
    )


def _ending_role_tasks(person: Person, at: datetime) -> list[Task]:
    """One task for all that one gave and that end within a month."""
    if not holds_any_permission(person, Permission.MANDATE_LIST, at=at) or not (
        UNCONFIRMED.may_exist_for(person) or LAST_DAYS.may_exist_for(person)
    ):
        return []
    ending = list(mandates_ending_by(at + MONTH, mandates_to_confirm(person, at=at)))
    if not ending:
        return []
    title = ngettext("%d role ends soon", "%d roles end soon", len(ending)) % len(ending)
    words = _("Confirm who stays. Appoint the next one where somebody leaves.")
    first = min(mandate.lasts_until for mandate in ending)
    return [Task(title, words, reverse("mandates:zone"), due_at=first, count=len(ending))]


def _own_ending_role_tasks(person: Person, at: datetime) -> list[Task]:
    """One task a role of one's own that ends within a month; who resigned knows it."""
    return [
        Task(
            _("Your role ends: %(role)s, %(area)s") % {"role": mandate.get_role_display(), "area": mandate.area.name()},
            _("Do you stay? Ask to let it go on: %s.") % confirmer_role_text(mandate),
            reverse("mfa_index"),
            due_at=mandate.lasts_until,
        )
        for mandate in mandates_of(person, at=at)
        if mandate.lasts_until <= at + MONTH and (mandate.ends_at is None or mandate.role in OFFICES)
    ]


def _designation_tasks(person: Person, at: datetime) -> list[Task]:
    """One task a zone without an officer."""
    if not holds_any_permission(person, Permission.MANDATE_APPOINT_POLICE, at=at):
        return []
    words = _("Without a mandated officer nobody can open a partnership or write a message.")
    task = Task(_("Designate a mandated officer"), words, reverse("mandates:designate"))
    return [task for _zone in zones_without_officer(person, at=at)]


def _screening_and_appointment_tasks(person: Person, at: datetime) -> list[Task]:
    """Whom the members approved: to be screened, to be appointed."""
    if not holds_any_permission(person, Permission.MANDATE_APPOINT_COORDINATOR, at=at):
        return []
    found = []
    chosen = candidates_in_scope(person, Permission.MANDATE_APPOINT_COORDINATOR, at=at)
    waiting = chosen.filter(state__in=[Candidacy.APPROVED, Candidacy.SCREENED]).values_list("function", "state")
    steps = [(function != Function.COMMITTEE and state == Candidacy.APPROVED) for function, state in waiting]
    to_screen, to_appoint = steps.count(True), steps.count(False)
    url = reverse("mandates:home")
    if to_screen:
        title = ngettext("%d candidate waits for the screening", "%d candidates wait for the screening", to_screen)
        words = _("The members approved. Enter the day and the outcome of the screening, nothing else.")
        found.append(Task(title % to_screen, words, url, count=to_screen))
    if to_appoint:
        title = ngettext("%d person can be appointed", "%d people can be appointed", to_appoint)
        found.append(Task(title % to_appoint, _("Everything that comes before is done."), url, count=to_appoint))
    return found


def _recovery_approval_tasks(person: Person, at: datetime) -> list[Task]:
    """The new starts that wait for a second word."""
    if not holds_any_permission(person, Permission.RECOVERY_AGREE, at=at):
        return []
    words = _("Phone them first. Without a second word they cannot sign in.")
    return [
        Task(
            _("Agree to a new start for %s?") % recovery.account.person.name,
            words,
            reverse("mandates:answer_start", args=[recovery.pk]),
            due_at=recovery.asked_at + LASTS,
        )
        for recovery in recoveries_to_approve(person, at=at)
    ]


def _succession_tasks(person: Person, at: datetime) -> list[Task]:
    """The partnerships at work without a coordinator who stays (R152)."""
    if not holds_any_permission(person, Permission.CANDIDATE_PROPOSE, at=at):
        return []
    return [
        Task(
            _("A next coordinator is to be chosen: %s") % partnership.name(),
            _("The members choose, the police screen, the officer appoints."),
            reverse("mandates:succession", args=[partnership.key]),
            due_at=ends_at,
        )
        for partnership, ends_at in partnerships_needing_next_coordinator(person, at=at)
    ]


def search_office_holders(person: Person, query: str, at: datetime) -> list[SearchResult]:
    """The holders of that name, each with their role and the page of the people of their quarter."""
    quarters = {one.area_id: one for one in partnerships_in_scope(person, Permission.MANDATE_SEE, at=at)}
    held = (
        mandates_in_force(at)
        .filter(area__in=quarters)
        .select_related("person", "area")
        .order_by("area__path", "role", "pk")
    )
    return [
        SearchResult(
            one.person.name,
            f"{one.get_role_display()}, {one.area.name()}",
            reverse("mandates:people", args=[quarters[one.area_id].key]),
            "user-round-check",
        )
        for one in held
        if matches_search(query, one.person.name)
    ][:MOST]


OFFICERS = POLICE - {Role.CHIEF}


def officer_and_deputy_first_steps(person: Person, at: datetime) -> list[FirstStep]:
    """Each with what they may do about it."""
    found = []
    zones, quarters = (
        permitted_areas(person, right, at=at) for right in (Permission.MANDATE_APPOINT_POLICE, Permission.NOTICE_RELAY)
    )
    if zones.exists():
        held = _is_role_held_by_others(zones, OFFICERS, person, at)
        found.append(FirstStep(_("Designate your first police officer"), reverse("mandates:designate"), held))
    if quarters.exists():
        held = _is_role_held_by_others(quarters, {Role.DEPUTY}, person, at)
        found.append(FirstStep(_("Find somebody who stands in when you are away"), reverse("mandates:home"), held))
    return found


def _is_role_held_by_others(areas: QuerySet[Area], roles: Collection[Role], person: Person, at: datetime) -> bool:
    others: QuerySet[Mandate] = mandates_in_force(at).filter(role__in=roles, area__in=areas).exclude(person=person)
    return others.exists()


OFFERS = Offers(
    menu=(
        MenuEntry(
            gettext_lazy("People"),
            gettext_lazy("Coordinator, deputies, committee, police: who they are, their tasks, who comes next."),
            "mandates:home",
            "user-round-check",
            Permission.MANDATE_SEE,
            PARTNERSHIP,
            order=170,
        ),
        MenuEntry(
            gettext_lazy("Who holds which role"),
            gettext_lazy("Designate officers, confirm or end roles."),
            "mandates:zone",
            "badge-check",
            Permission.MANDATE_APPOINT_POLICE,
            PARTNERSHIP,
            order=171,
        ),
    ),
    tasks=Source(mandate_tasks, order=130),
    search=Source(search_office_holders, order=20),
    first_steps=Source(officer_and_deputy_first_steps, order=30),
    help={
        "officer/people": (
            "mandates:home",
            "mandates:people",
            "mandates:vote",
            "mandates:appointments",
        ),
        "chief/designate": (
            "mandates:zone",
            "mandates:designate",
            "mandates:end_police",
        ),
        "committee/propose": (
            "mandates:home",
            "mandates:people",
            "mandates:propose",
            "mandates:vote",
        ),
        "administrator/access": (
            "mandates:start",
            "mandates:start_police",
            "mandates:answer_start",
        ),
    },
)
