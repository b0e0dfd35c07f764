"""A member's ways to be reached: add, prove, order, stop, resume, remove."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from plp.delivery.actions import stop_contact
from plp.delivery.installed import senders
from plp.membership import trial_messages
from plp.membership.codes import send_one_time_code
from plp.people import actions as people
from plp.portal.shell import limits
from plp.portal.shell.codes import CodeForm, confirm_contact_by_typed_code, get_or_create_browser_secret
from plp.portal.shell.guards import freshly_proven, member_or_staff_or_404, own_data
from plp.portal.shell.own_contacts import add_own_contact_and_consent
from plp.portal.shell.requests import PortalRequest, success
from plp.portal.subjects.membership.self_service import scope
from plp.portal.subjects.membership.self_service.forms import NewContactForm

BACK = "membership:self_service:settings"
STOPPED_LAST = gettext_noop(
    "Stopped. To start again, use the link at the end of an earlier e-mail, or ask your coordinator."
)


@own_data
def add_contact(request: PortalRequest) -> HttpResponse:
    """Add a way to be reached; it is used once proven."""
    return (
        freshly_proven(_show_form_or_add_contact_and_send_code)(request)
        if scope.is_staff_member(request)
        else _show_form_or_add_contact_and_send_code(request)
    )


def _show_form_or_add_contact_and_send_code(request: PortalRequest) -> HttpResponse:
    form = NewContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        contact = add_own_contact_and_consent(
            member_or_staff_or_404(request),
            channel=given["channel"],
            address=given["address"],
            at=request.at,
        )
        if contact.channel in senders() and contact.confirmed_at is None:
            return send_confirmation_code(request, contact.pk)
        messages.info(request, _("This one is confirmed by a call or at your door."))
        return redirect(BACK)
    return render(request, "membership/self_service/form.html", {"form": form, "title": _("Add a way to reach me")})


@own_data
@require_POST
def send_confirmation_code(request: PortalRequest, key: UUID) -> HttpResponse:
    """Send a code to an unproven contact, then ask for it; at most one a day to one address (T55)."""
    contact = scope.own_contact_or_404(request, key)
    if scope.count_code_if_allowed(request, contact):
        send_one_time_code(
            contact=contact,
            purpose="confirm_contact",
            browser=get_or_create_browser_secret(request),
            by=member_or_staff_or_404(request),
            at=request.at,
        )
    return redirect("membership:self_service:confirm_contact", key)


@own_data
def confirm_own_contact_by_code(request: PortalRequest, key: UUID) -> HttpResponse:
    """Type the code that came to the new contact."""
    contact = scope.own_contact_or_404(request, key)
    form = CodeForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and confirm_contact_by_typed_code(request, contacts=[contact], form=form)
    ):
        return success(request, _("Confirmed."), BACK)
    return render(request, "membership/self_service/confirm.html", {"form": form, "contact": contact})


@own_data
@require_POST
def send_trial_message(request: PortalRequest, key: UUID) -> HttpResponse:
    """Send oneself a message there, to see that it arrives."""
    contact, person = scope.own_contact_or_404(request, key), member_or_staff_or_404(request)
    if not limits.count_if_under_limit("test.person", person.pk.hex):
        raise limits.TooOften
    trial_messages.send_trial_message(contact=contact, by=person, at=request.at)
    return success(request, _("A message is on its way to you. If it does not come, look at the address."), BACK)


@own_data
@require_POST
def put_contact_first(request: PortalRequest, key: UUID) -> HttpResponse:
    """Put a contact first; the others keep their order (R115)."""
    contact, person = scope.own_contact_or_404(request, key), member_or_staff_or_404(request)
    others = [one for one in person.contacts.order_by("rank", "created_at") if one.pk != contact.pk]
    people.set_contact_order(person=person, order=[contact, *others], by=person, at=request.at)
    return redirect(BACK)


@own_data
@require_POST
def stop_own_contact(request: PortalRequest, key: UUID) -> HttpResponse:
    """Stop one contact at once, also what waits for it; after a question if nothing else opens these settings."""
    contact = scope.own_contact_or_404(request, key)
    is_last = scope.is_only_sign_in_contact(request, contact)
    if is_last and "sure" not in request.POST:
        return render(request, "membership/self_service/stop.html", {"contact": contact})
    stop_contact(contact=contact, how="page", at=request.at)
    messages.success(request, _(STOPPED_LAST) if is_last else _("Stopped. You can resume it at any time."))
    if request.member is not None and scope.is_settings_session_over(request):
        return redirect("membership:self_service:ask")
    return redirect(BACK)


@own_data
@require_POST
def resume_own_contact(request: PortalRequest, key: UUID) -> HttpResponse:
    """Take a stop back."""
    scope.resume_contact_with_consent(scope.own_contact_or_404(request, key), at=request.at)
    return redirect(BACK)


@own_data
def remove_own_contact(request: PortalRequest, key: UUID) -> HttpResponse:
    """Remove a contact for good, after a question."""
    contact, person = scope.own_contact_or_404(request, key), member_or_staff_or_404(request)
    if request.method == "POST":
        people.remove_contact(contact=contact, by=person, at=request.at)
        return success(request, _("Removed."), BACK)
    context = {"contact": contact, "is_last": scope.is_only_sign_in_contact(request, contact)}
    return render(request, "membership/self_service/remove.html", context)
