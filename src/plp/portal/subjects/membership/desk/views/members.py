"""The members: who waits, who belongs. Every look at the list is noted (R80)."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plp.mandates.grants import Permission
from plp.membership import actions as memberships
from plp.membership.models import Membership
from plp.membership.states import Belonging
from plp.portal.shell import limits
from plp.portal.shell.guards import needs
from plp.portal.subjects.membership.desk import members

MANAGE = Permission.MEMBERS_MANAGE
PER_PAGE = 50
ACCEPTED = "coordinator.accepted"  # in the session until told: the membership, for no name is kept there


def _find(request: HttpRequest, key: UUID) -> Membership:
    """A membership within one's scope; absent and foreign are the same 404 (T10)."""
    scope = members.in_scope(request.person, at=request.at)  # type: ignore[attr-defined]
    return get_object_or_404(scope, pk=key)


@needs(MANAGE)
def listed(request: HttpRequest) -> HttpResponse:
    """Names and streets of the members, street by street."""
    person, at, language = request.person, request.at, get_language() or "fr"  # type: ignore[attr-defined]
    page = Paginator(members.members(person, at=at), PER_PAGE).get_page(request.GET.get("page"))
    shown = members.lines(page, language)
    with transaction.atomic():  # the look and its note reach the disk together
        if not limits.take("members.person", str(person.pk)):
            raise limits.TooOften
        members.seen([line.partnership for line in shown], "members", by=person, at=at)
    rows = [members.cells(line, _("Open")) for line in shown]
    context = {"page": page, "rows": rows, "total": page.paginator.count}
    return render(request, "membership/desk/members.html", context)


@needs(MANAGE)
def waiting(request: HttpRequest) -> HttpResponse:
    """Who asked to join, whose telephone or letterbox is to be confirmed, from where messages come back."""
    person, at, language = request.person, request.at, get_language() or "fr"  # type: ignore[attr-defined]
    asking = list(members.asking(person, at=at))
    unproven = list(members.to_vouch(person, at=at))
    failing = list(members.failing(person, at=at))
    accepted, is_welcomed = _accepted(request)
    seen = [one.partnership for one in (*asking, *unproven, *failing, *accepted)]
    members.seen(seen, "waiting", by=person, at=at)
    context = {
        "asking": members.checked_rows(asking, language),
        "unproven": members.waiting_rows(unproven, language),
        "failing": members.failing_rows(failing, language),
        "accepted": members.rows(accepted, language),
        "is_welcomed": is_welcomed,
    }
    return render(request, "membership/desk/waiting.html", context)


def _accepted(request: HttpRequest) -> tuple[list[Membership], bool]:
    """Who was let in just now, told once, and whether a welcome is on its way to them."""
    last = request.session.pop(ACCEPTED, None)
    if not isinstance(last, dict):
        return [], False
    scope = members.in_scope(request.person, at=request.at)  # type: ignore[attr-defined]
    return list(scope.filter(pk=UUID(hex=last["membership"]))), last["is_welcomed"]


@needs(MANAGE)
@require_POST
def accept(request: HttpRequest, key: UUID) -> HttpResponse:
    """Let somebody in."""
    membership = _find(request, key)
    is_welcomed = memberships.accept_member(membership=membership, by=request.person, at=request.at)  # type: ignore[attr-defined]
    request.session[ACCEPTED] = {"membership": membership.pk.hex, "is_welcomed": is_welcomed}
    return redirect("membership:desk:waiting")


@needs(MANAGE)
def leave(request: HttpRequest, key: UUID) -> HttpResponse:
    """Record that a member leaves, on their word, after a question (R79)."""
    membership = _find(request, key)
    if membership.state != Belonging.ACTIVE:
        return redirect("membership:desk:members")
    if request.method == "POST":
        has_goodbye = memberships.leave_partnership(membership=membership, by=request.person, at=request.at)  # type: ignore[attr-defined]
        goodbye = _("Recorded. They get no more messages, and a goodbye in their own language.")
        nothing = _("Recorded. They get no more messages, and no goodbye: none of their addresses is in use.")
        messages.success(request, goodbye if has_goodbye else nothing)
        return redirect("membership:desk:members")
    return render(request, "membership/desk/leave.html", {"membership": membership})


@needs(MANAGE)
@require_POST
def vouch(request: HttpRequest, key: UUID, contact: UUID) -> HttpResponse:
    """Confirm a telephone or a letterbox that no code can reach (R66), or an address that works again."""
    membership = _find(request, key)
    point = get_object_or_404(membership.person.contacts, pk=contact)
    memberships.confirm_contact_by_hand(membership=membership, contact=point, by=request.person, at=request.at)  # type: ignore[attr-defined]
    messages.success(request, _("Confirmed."))
    return redirect("membership:desk:waiting")
