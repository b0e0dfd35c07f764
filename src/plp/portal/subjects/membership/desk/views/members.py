"""The members: who waits, who belongs. Every look at the list is noted (R80)."""

import re
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plp.mandates.grants import Permission
from plp.membership import actions as memberships
from plp.membership.code_letters import code_letters_pdf
from plp.membership.firms import asks_for_firms
from plp.membership.fresh_consents import give_fresh_consent_and_welcome
from plp.membership.letterbox_codes import issue_letterbox_codes, needs_code_letter
from plp.membership.models import Membership
from plp.membership.states import Belonging
from plp.partnership.gates import is_over
from plp.partnership.queries import partnerships_in_scope
from plp.partnership.states import OPEN
from plp.portal.shell import limits
from plp.portal.shell.codes import load_sealed, store_sealed
from plp.portal.shell.files import download
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.membership import SELECTED
from plp.portal.subjects.membership.desk import looks, member_list, members
from plp.portal.subjects.membership.desk.member_filters import MemberFilterForm
from plp.portal.subjects.membership.desk.member_list import (
    FAILING,
    UNCONFIRMED,
    MemberFilter,
    count_contact_troubles,
    match_and_order_members,
    prefilter_members,
)
from plp.portal.subjects.membership.desk.member_rows import member_row

MANAGE = Permission.MEMBERS_MANAGE
PER_PAGE = 50
LONGEST = 80  # letters of what one may look for
SOUGHT = "members.sought"
UUID_FORM = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
ACCEPTED = "coordinator.accepted"  # in the session until told: the membership, for no name is kept there


def _membership_or_404(request: HttpRequest, key: UUID) -> Membership:
    """A membership within one's scope; absent and foreign are the same 404 (T10)."""
    scope = members.memberships_to_see_by_name(request.person, at=request.at)  # type: ignore[attr-defined]
    return get_object_or_404(scope, pk=key)


@needs(MANAGE)
def list_members_and_note_view(request: StaffRequest) -> HttpResponse:
    """The members, street by street or as asked. Words that were typed may name somebody: they stand in no address."""
    if request.method == "POST":
        store_sealed(request, SOUGHT, {"words": request.POST.get("q", "").strip()[:LONGEST]})
        return redirect("membership:desk:members")
    language = get_language() or "fr"
    words = load_sealed(request, SOUGHT).get("words", "")
    partnerships = list(partnerships_in_scope(request.person, MANAGE, at=request.at))
    has_ended = any(map(is_over, partnerships))
    everybody = (member_list.members_or_unerased_after_end if has_ended else member_list.active_members)(
        request.person, at=request.at
    )
    form = MemberFilterForm(
        request.GET or None, members=everybody, language=language, has_firms=any(map(asks_for_firms, partnerships))
    )
    chosen = form.member_filter(words)
    known = member_list.members_and_those_who_left(request.person, at=request.at)
    sought = known if words else everybody
    page = Paginator(match_and_order_members(prefilter_members(sought, chosen), chosen), PER_PAGE).get_page(
        request.GET.get("page")
    )
    shown = member_list.member_lines(page, language)
    with transaction.atomic():  # the look and its note reach the disk together
        if not limits.count_if_under_limit("members.person", str(request.person.pk)):
            raise limits.TooOften
        members.note_members_viewed([line.partnership for line in shown], "members", by=request.person, at=request.at)
    ways = member_list.contact_ways_by_person([line.person for line in shown])
    quarters = [own.name(language) for own in partnerships]
    columns, has_quarters = form.columns_shown, len(quarters) > 1
    context = {
        "form": form,
        "columns": columns,
        "is_narrowed": bool(words) or chosen != MemberFilter(),
        "words": words,
        "page": page,
        "rows": [member_row(line, ways.get(line.person, []), columns, has_quarters=has_quarters) for line in shown],
        "found": page.paginator.count,
        "total": form.total,
        "is_searchable": bool(form.total) or known.exists(),
        "troubles": _trouble_filters(everybody),
        "has_quarters": has_quarters,
        "quarter": quarters[0] if len(quarters) == 1 else "",
        "has_ended": has_ended,
        "is_joinable": any(own.state in OPEN for own in partnerships),
    }
    return render(request, "membership/desk/members.html", context)


@needs(MANAGE)
def list_who_viewed_members(request: StaffRequest) -> HttpResponse:
    """Who looked at the names of members, by office, and at how many (R80); it shows no name itself."""
    partnerships = list(partnerships_in_scope(request.person, MANAGE, at=request.at))
    page = Paginator(looks.entries_of_members_viewed(partnerships), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "looks": looks.rows_of_who_viewed_members(list(page.object_list))}
    return render(request, "membership/desk/looks.html", context)


def _trouble_filters(everybody: QuerySet[Membership]) -> list[tuple[int, str, str]]:
    """What is wrong with how many: number, words, and the value by which the list shows them."""
    words = {UNCONFIRMED: _("without a confirmed contact"), FAILING: _("from whom messages come back")}
    return [
        (number, words[trouble], trouble) for trouble, number in count_contact_troubles(everybody).items() if number
    ]


@needs(MANAGE)
@require_POST
def store_selection_for_export(request: StaffRequest) -> HttpResponse:
    """Go on to print or export those ticked, or everybody whom the list shows: of one partnership at a time."""
    everybody = member_list.active_members(request.person, at=request.at)
    if request.POST.get("all"):
        form = MemberFilterForm(request.GET or None, members=everybody, language=get_language() or "fr", has_firms=True)
        chosen = form.member_filter(load_sealed(request, SOUGHT).get("words", ""))
        keys = [row[0] for row in match_and_order_members(prefilter_members(everybody, chosen), chosen)[:]]
    else:
        keys = [UUID(key) for key in request.POST.getlist("member") if UUID_FORM.fullmatch(key)]
    selected = dict(everybody.filter(pk__in=keys).values_list("pk", "partnership__key"))
    partnerships = sorted(set(selected.values()))
    if len(partnerships) != 1:
        problem = _("Tick members of one neighbourhood only.") if selected else _("Tick at least one member first.")
        messages.warning(request, problem)
        return redirect(f"{reverse('membership:desk:members')}?{request.GET.urlencode()}")
    store_sealed(request, SELECTED, [str(key) for key in selected])
    return redirect("membership:enrolment:export_selected", partnerships[0])


@needs(MANAGE)
def list_waiting_and_note_view(request: HttpRequest) -> HttpResponse:
    """Who asked to join, whose telephone or letterbox is to be confirmed, from where messages come back."""
    person, at, language = request.person, request.at, get_language() or "fr"  # type: ignore[attr-defined]
    asking = list(members.pending_memberships(person, at=at)[: PER_PAGE + 1])
    has_more = len(asking) > PER_PAGE
    del asking[PER_PAGE:]
    unproven = list(members.members_with_unproven_contact(person, at=at))
    failing = list(members.members_with_failing_contact(person, at=at))
    accepted, is_welcomed = _pop_accepted_and_welcomed(request)
    seen = [one.partnership for one in (*asking, *unproven, *failing, *accepted)]
    members.note_members_viewed(seen, "waiting", by=person, at=at)
    context = {
        "asking": members.applicant_rows_with_checks(asking, language),
        "has_more": has_more,
        "has_letters": any(map(needs_code_letter, asking)),
        "unproven": members.unproven_contact_rows(unproven, language),
        "failing": members.failing_contact_rows(failing, language),
        "accepted": members.member_rows(accepted, language),
        "is_welcomed": is_welcomed,
    }
    return render(request, "membership/desk/waiting.html", context)


def _pop_accepted_and_welcomed(request: HttpRequest) -> tuple[list[Membership], bool]:
    """Who was let in just now, told once, and whether a welcome is on its way to them."""
    last = request.session.pop(ACCEPTED, None)
    if not isinstance(last, dict):
        return [], False
    scope = members.memberships_to_see_by_name(request.person, at=request.at)  # type: ignore[attr-defined]
    return list(scope.filter(pk=UUID(hex=last["membership"]))), last["is_welcomed"]


@needs(MANAGE)
@require_POST
def issue_code_letters_file(request: StaffRequest) -> HttpResponse:
    """A letter with a code for everybody who waits, has an address here, and was not asked by mail or SMS."""
    waiting_members = [
        one for one in members.pending_memberships(request.person, at=request.at) if needs_code_letter(one)
    ]
    if not waiting_members:
        return redirect("membership:desk:waiting")
    partnerships = [one.partnership for one in waiting_members]
    members.note_members_viewed(partnerships, "letters", by=request.person, at=request.at)
    codes = issue_letterbox_codes(memberships=waiting_members, by=request.person, at=request.at)
    return download(code_letters_pdf(codes, at=request.at), name="letters.pdf", content_type="application/pdf")


@needs(MANAGE)
@require_POST
def accept_member(request: HttpRequest, key: UUID) -> HttpResponse:
    """Let somebody in."""
    membership = _membership_or_404(request, key)
    let_in = give_fresh_consent_and_welcome if membership.says_yes_anew else memberships.accept_and_welcome_member
    is_welcomed = let_in(membership=membership, by=request.person, at=request.at)  # type: ignore[attr-defined]
    request.session[ACCEPTED] = {"membership": membership.pk.hex, "is_welcomed": is_welcomed}
    return redirect("membership:desk:waiting")


@needs(MANAGE)
def record_departure_of_member(request: StaffRequest, key: UUID) -> HttpResponse:
    """Record that a member leaves, on their word, after a question (R79)."""
    membership = _membership_or_404(request, key)
    if membership.state != Belonging.ACTIVE:
        return redirect("membership:desk:members")
    if request.method == "POST":
        has_goodbye = memberships.leave_partnership_with_receipt(
            membership=membership, by=request.person, at=request.at
        )
        goodbye = _("Recorded. They get no more messages, and a goodbye in their own language.")
        nothing = _("Recorded. They get no more messages, and no goodbye: none of their addresses is in use.")
        return success(request, goodbye if has_goodbye else nothing, "membership:desk:members")
    return render(request, "membership/desk/leave.html", {"membership": membership})


@needs(MANAGE)
@require_POST
def confirm_contact(request: HttpRequest, key: UUID, contact: UUID) -> HttpResponse:
    """Confirm a telephone or a letterbox that no code can reach (R66), or an address that works again."""
    membership = _membership_or_404(request, key)
    point = get_object_or_404(membership.person.contacts, pk=contact)
    memberships.confirm_contact_by_hand(membership=membership, contact=point, by=request.person, at=request.at)  # type: ignore[attr-defined]
    return success(request, _("Confirmed."), "membership:desk:waiting")
