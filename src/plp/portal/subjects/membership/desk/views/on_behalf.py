"""One member, and what a coordinator does for them on their word: by telephone, on paper, in person (R66, R79)."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plp.exchange.move_queries import is_partnership_of_person_moving
from plp.exchange.refusals import MovesNow
from plp.mandates.grants import Permission
from plp.membership import buddies, on_behalf
from plp.membership.data_sheets import coordinator_data_sheet_pdf, erasure_receipt_text
from plp.membership.models import Membership
from plp.membership.states import Belonging
from plp.people.queries import open_agreement_of_member
from plp.portal.shell import limits
from plp.portal.shell.files import download
from plp.portal.shell.guards import needs
from plp.portal.shell.home_form import add_house_move_message
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.membership.desk import members
from plp.portal.subjects.membership.desk.forms import (
    AddMemberContactForm,
    AskHelperForm,
    CorrectMemberForm,
    OpeningAndQuietHoursForm,
    WayForm,
)

MANAGE = Permission.MEMBERS_MANAGE


def _member_to_act_for_or_404(request: StaffRequest, key: UUID) -> Membership:
    """A member within one's scope; absent and foreign are the same 404 (T10)."""
    return get_object_or_404(members.members_to_act_for(request.person, at=request.at), pk=key)


def _member_not_moving_or_404(request: StaffRequest, key: UUID) -> Membership:
    """The same, for what would be lost while the partnership is on its way: a form is refused then (ADR 80)."""
    membership = _member_to_act_for_or_404(request, key)
    if request.method == "POST" and is_partnership_of_person_moving(membership.person):
        raise MovesNow
    return membership


def _current_member_or_404(request: StaffRequest, key: UUID) -> Membership:
    """The same, for what serves members alone: whoever left, by themselves or by an end, is reached by nobody here."""
    membership = _member_not_moving_or_404(request, key)
    if membership.state != Belonging.ACTIVE:
        raise Http404
    return membership


def _receipt_words(*, has_receipt: bool) -> str:
    return (
        _("Recorded. A receipt goes to the member.")
        if has_receipt
        else _("Recorded. Print the receipt for the member.")
    )


@needs(MANAGE)
def show_member_and_note_view(request: StaffRequest, key: UUID) -> HttpResponse:
    """What is kept of a member, and what may be done on their word. The look is noted (R80)."""
    if not limits.count_if_under_limit("members.person", str(request.person.pk)):
        raise limits.TooOften
    membership = _member_to_act_for_or_404(request, key)
    members.note_members_viewed([membership.partnership], "member", by=request.person, at=request.at)
    context = {"card": members.member_card(membership), "buddy": open_agreement_of_member(membership.person)}
    return render(request, "membership/desk/member.html", context)


@needs(MANAGE)
def correct_member(request: StaffRequest, key: UUID) -> HttpResponse:
    """Correct name, language, door, print and the word for callers."""
    membership = _member_not_moving_or_404(request, key)
    form = CorrectMemberForm(request.POST or None, membership=membership)
    if request.method == "POST" and form.is_valid():
        way = form.cleaned_data["way"]
        has_receipt, moved = on_behalf.correct_member_with_receipt(
            membership=membership, correction=form.correction(), way=way, by=request.person, at=request.at
        )
        messages.success(request, _receipt_words(has_receipt=has_receipt))
        if moved.old_partnership is not None:
            add_house_move_message(request, moved)
        return redirect("membership:desk:member", key)
    words = _("They move within the police zone? Enter the new address: everything goes along.")
    context = {"form": form, "membership": membership, "title": _("Correct at their request"), "words": words}
    return render(request, "membership/desk/on_word.html", context)


@needs(MANAGE)
def edit_hours(request: StaffRequest, key: UUID) -> HttpResponse:
    """Record when the member's shop is open, and in which hours they are left alone."""
    membership = _current_member_or_404(request, key)
    form = OpeningAndQuietHoursForm(request.POST or None, membership=membership)
    if request.method == "POST" and form.is_valid():
        way = form.cleaned_data["way"]
        has_receipt = on_behalf.set_member_hours_with_receipt(
            membership=membership, hours=form.told_hours(), way=way, by=request.person, at=request.at
        )
        return success(request, _receipt_words(has_receipt=has_receipt), "membership:desk:member", key)
    return render(request, "membership/desk/hours.html", {"form": form, "membership": membership})


@needs(MANAGE)
def add_contact(request: StaffRequest, key: UUID) -> HttpResponse:
    """Add a way to be reached; it waits to be proven."""
    membership = _current_member_or_404(request, key)
    form = AddMemberContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        on_behalf.add_member_contact(
            membership=membership,
            channel=told["channel"],
            address=told["address"],
            way=told["way"],
            by=request.person,
            at=request.at,
        )
        return success(
            request, _("Recorded. Call the number or ring at the door, then confirm it."), "membership:desk:member", key
        )
    context = {"form": form, "membership": membership, "title": _("Add a way to reach them")}
    return render(request, "membership/desk/on_word.html", context)


@needs(MANAGE)
def stop_contact(request: StaffRequest, key: UUID, contact: UUID) -> HttpResponse:
    """Stop one way to be reached, on the member's word."""
    membership = _member_to_act_for_or_404(request, key)
    point = get_object_or_404(membership.person.contacts, pk=contact, stopped_at=None)
    form = WayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        way = form.cleaned_data["way"]
        on_behalf.stop_member_contact(membership=membership, contact=point, way=way, by=request.person, at=request.at)
        return success(request, _("Stopped. Nothing more goes this way."), "membership:desk:member", key)
    context = {
        "form": form,
        "membership": membership,
        "title": _("Stop using this contact?"),
        "point": point,
        "danger": _("Stop"),
    }
    return render(request, "membership/desk/on_word.html", context)


@needs(MANAGE)
def ask_helper_for_member(request: StaffRequest, key: UUID) -> HttpResponse:
    """Ask somebody to receive on behalf of the member (R66)."""
    membership = _current_member_or_404(request, key)
    form = AskHelperForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        box = limits.mailbox_key(form.cleaned_data["channel"], form.cleaned_data["address"])
        if not limits.count_if_under_limit("buddy.address", box):
            raise limits.TooOften
        buddies.invite_buddy(person=membership.person, by=request.person, at=request.at, **form.cleaned_data)
        return success(request, _("Asked. Copies come once this person has said yes."), "membership:desk:member", key)
    context = {"form": form, "membership": membership, "title": _("Somebody else gets their messages too")}
    return render(request, "membership/desk/on_word.html", context)


@needs(MANAGE)
@require_POST
def end_help_for_member(request: StaffRequest, key: UUID) -> HttpResponse:
    """End that somebody receives on behalf, on the member's word."""
    membership = _member_not_moving_or_404(request, key)
    found = open_agreement_of_member(membership.person)
    if found is not None:
        buddies.end_buddy_agreement(buddy=found, by=request.person, at=request.at)
        messages.success(request, _("Ended. No more copies are sent."))
    return redirect("membership:desk:member", key)


@needs(MANAGE)
def member_data_sheet_file(request: StaffRequest, key: UUID) -> HttpResponse:
    """What is kept of the member, to print and hand over: their export, and the receipt on paper."""
    membership = _member_to_act_for_or_404(request, key)
    members.note_members_viewed([membership.partnership], "sheet", by=request.person, at=request.at)
    content = coordinator_data_sheet_pdf(membership, at=request.at)
    return download(content, name="member.pdf", content_type="application/pdf")


@needs(MANAGE)
def erase_member(request: StaffRequest, key: UUID) -> HttpResponse:
    """Erase a member on their word, after a question; the page that follows is the receipt to hand over."""
    membership = _member_to_act_for_or_404(request, key)
    form = WayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        receipt, language = erasure_receipt_text(membership, at=request.at), membership.person.language
        on_behalf.erase_member(membership=membership, way=form.cleaned_data["way"], by=request.person, at=request.at)
        return render(request, "membership/desk/erased.html", {"receipt": receipt, "language": language})
    context = {
        "form": form,
        "membership": membership,
        "title": _("Erase everything about them?"),
        "danger": _("Erase everything"),
    }
    words = _("They leave, and name, addresses and consents are deleted at once. It cannot be undone.")
    return render(request, "membership/desk/on_word.html", context | {"words": words})
