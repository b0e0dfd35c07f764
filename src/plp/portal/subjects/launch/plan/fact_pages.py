"""From a missing fact straight to the form that brings it about: which page depends on what is there already."""

from collections.abc import Callable

from django.urls import NoReverseMatch, reverse

from plp.charter.models import Deed
from plp.charter.queries import (
    deed_in_preparation_or_signed,
    financing_in_preparation,
    partners_without_contact,
    plan_in_preparation,
    signature_slots,
    signing_obstacles,
    slots_held_by_person,
)
from plp.evening.models import Meeting
from plp.evening.queries import coming_and_past_meetings
from plp.evening.states import MeetingState
from plp.launch.plan import StepFact
from plp.launch.queries.groundwork import missing_party_and_statement_kinds
from plp.mandates.grants import Permission
from plp.membership.queries import candidates_of
from plp.membership.states import Candidacy, Function
from plp.portal.shell.page_access import PageAccess

UrlFinder = Callable[[PageAccess], str]


def url_of_fact_form(fact: StepFact, access: PageAccess) -> str:
    """The address of the form for ``fact``; the page of its subject when there is none; empty when it is closed."""
    way = WAYS.get(fact.key)
    return (way(access) if way else "") or (access.url_if_allowed(fact.view) if fact.view else "")


def _url_finder_with_query(view: str, **asked: str) -> UrlFinder:
    """A page that starts with an answer already chosen."""
    query = "&".join(f"{name}={value}" for name, value in asked.items())

    def url_with_query(access: PageAccess) -> str:
        url = access.url_if_allowed(view)
        return f"{url}?{query}" if url else ""

    return url_with_query


def _url_finder_of_page(view: str, *rest: str) -> UrlFinder:
    return lambda access: access.url_if_allowed(view, *rest)


def _url_of_first_missing_statement(access: PageAccess) -> str:
    missing = missing_party_and_statement_kinds(access.partnership)
    return (
        _url_finder_with_query("launch:groundwork:statements", party=missing[0][0], kind=missing[0][1])(access)
        if missing
        else ""
    )


def _url_of_first_uninformed_stakeholder(access: PageAccess) -> str:
    waiting = access.partnership.stakeholders.filter(told_on=None).order_by("at").first()
    return access.url_if_allowed("launch:groundwork:stakeholder", str(waiting.pk)) if waiting else ""


def _meeting_to_work_on(access: PageAccess) -> Meeting | None:
    """The meeting that one works on: the next one, else the last that was not cancelled."""
    found = coming_and_past_meetings(access.partnership)
    return next(iter(found.coming), None) or next(
        (one for one in found.past if one.state != MeetingState.CANCELLED), None
    )


def _url_finder_of_meeting_page(**pages: str) -> UrlFinder:
    """The page for the state that the meeting is in."""

    def url_for_meeting_state(access: PageAccess) -> str:
        meeting = _meeting_to_work_on(access)
        if meeting is None:
            return access.url_if_allowed("evening:plan")
        return access.url_if_allowed(f"evening:{pages.get(meeting.state, 'detail')}", str(meeting.pk))

    return url_for_meeting_state


def _url_finder_of_candidate_page(function: Function, **pages: str) -> UrlFinder:
    """The page for the state that the candidate is in; nobody put forward: the form to do it."""

    def url_for_candidate_state(access: PageAccess) -> str:
        found = candidates_of(access.partnership).filter(function=function, state__in=list(pages)).first()
        return (
            access.url_if_allowed(f"mandates:{pages[found.state]}", str(found.pk))
            if found
            else access.url_if_allowed("mandates:propose")
        )

    return url_for_candidate_state


def _url_of_first_missing_partner_contact(access: PageAccess) -> str:
    missing = partners_without_contact(access.partnership)
    return access.url_if_allowed("charter:contact", missing[0].value) if missing else ""


def _url_to_agree_communication_plan(access: PageAccess) -> str:
    return access.url_if_allowed("charter:plan_agree") if plan_in_preparation(access.partnership) else ""


def _url_of_financing_plan_form(access: PageAccess) -> str:
    return access.url_if_allowed(
        "charter:financing" if financing_in_preparation(access.partnership) else "charter:financing_write"
    )


def _url_of_next_signing_page(access: PageAccess) -> str:
    """One's own slot when it is one's turn; before that, the form that puts the text up."""
    deed = deed_in_preparation_or_signed(access.partnership, Deed.Kind.CHARTER)
    if deed is None:
        return ""
    if deed.frozen_at is None:
        return access.url_if_allowed("charter:signing" if signing_obstacles(deed) else "charter:put_up")
    mine = slots_held_by_person(access.request.person, deed, at=access.request.at)
    turn = next((row for row in signature_slots(deed) if row.role in mine and row.is_next and not row.signature), None)
    return (access.url_if_allowed("charter:sign", turn.role.value) if turn else "") or access.url_if_allowed(
        "charter:signing"
    )


def _url_to_write_or_relay_message(access: PageAccess) -> str:
    """The police write; the coordinator finds in the inbox what is to be passed on."""
    for permission, view in (
        (Permission.NOTICE_WRITE, "notices:write:new"),
        (Permission.NOTICE_RELAY, "notices:relay:inbox"),
    ):
        if access.has_permission(permission):
            query = f"?partnership={access.partnership.pk}" if permission == Permission.NOTICE_WRITE else ""
            try:
                return f"{reverse(view)}{query}"
            except NoReverseMatch:  # no such page
                continue
    return ""


_HELD = {"planned": "convene", "convened": "papers", "open": "chair", "held": "agenda"}
WAYS: dict[str, UrlFinder] = {
    "police_consulted": _url_finder_of_page("launch:groundwork:talks"),
    "authority_consulted": _url_finder_of_page("launch:groundwork:talks"),
    "administrative_contacted": _url_finder_of_page("launch:groundwork:talks"),
    "judicial_contacted": _url_finder_of_page("launch:groundwork:talks"),
    "creation_decided": _url_finder_of_page("launch:plan:go_on"),
    "area_drawn": _url_finder_of_page("launch:groundwork:area_add"),
    "statements_complete": _url_of_first_missing_statement,
    "stakeholders_told": _url_of_first_uninformed_stakeholder,
    "evening_convened": _url_finder_of_meeting_page(planned="convene"),
    "evening_invited": _url_finder_of_meeting_page(convened="invitations"),
    "evening_held": _url_finder_of_meeting_page(**_HELD),
    "partnership_approved": _url_finder_of_meeting_page(**dict.fromkeys(("planned", "convened", "open"), "votes")),
    "agreements_made": _url_finder_of_meeting_page(**dict.fromkeys(("open", "held", "minuted"), "agreements")),
    "minutes_approved": _url_finder_of_meeting_page(held="minutes", minuted="approve"),
    "coordinator_approved": _url_finder_of_candidate_page(Function.COORDINATOR, **{Candidacy.PROPOSED.value: "vote"}),
    "committee_settled": _url_finder_of_candidate_page(Function.COMMITTEE, **{Candidacy.PROPOSED.value: "vote"}),
    "coordinator_screened": _url_finder_of_page("mandates:appointments"),
    "coordinator_appointed": _url_finder_of_page("mandates:appointments"),
    "contacts_complete": _url_of_first_missing_partner_contact,
    "plan_agreed": _url_to_agree_communication_plan,
    "financing_complete": _url_of_financing_plan_form,
    "clauses_agreed": _url_finder_of_page("charter:text", "charter"),
    "rules_ready": _url_finder_of_page("charter:text", "rules"),
    "charter_signed": _url_of_next_signing_page,
    "rules_signed": _url_of_next_signing_page,
    "file_sent": _url_finder_of_page("launch:plan:send"),
    "recognition_received": _url_finder_of_page("launch:plan:validated"),
    "first_message": _url_to_write_or_relay_message,
    "evaluated": _url_finder_of_page("launch:plan:tick", "evaluated"),
}
