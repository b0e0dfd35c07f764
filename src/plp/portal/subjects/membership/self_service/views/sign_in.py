"""In and out: a code to one's own address opens one's settings; no account, no password (docs/security.md#codes)."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from plp.exchange.move_queries import departed_moves
from plp.portal.shell.codes import CodeForm, confirm_contact_by_typed_code
from plp.portal.shell.guards import own_data, public
from plp.portal.shell.requests import PortalRequest
from plp.portal.shell.return_address import own_path_or_empty
from plp.portal.shell.sessions import close_member_session, open_member_session
from plp.portal.subjects.membership.self_service import scope
from plp.portal.subjects.membership.self_service.forms import AnyChannelAddressForm

NEXT = "next"


@public
def ask_for_sign_in_code(request: PortalRequest) -> HttpResponse:
    """Ask for a code. The answer is the same whether or not the address is known (T13)."""
    if request.member is not None:
        return redirect("membership:self_service:messages")
    form = AnyChannelAddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        scope.send_code_if_known(
            request,
            channel=form.cleaned_data["channel"],
            address=form.cleaned_data["address"],
            at=request.at,
        )
        return redirect("membership:self_service:code")
    if way := own_path_or_empty(request.GET.get(NEXT)):
        request.session[NEXT] = way
    left = [(move.name(), move.partner) for move in departed_moves(at=request.at)]
    return render(request, "membership/self_service/ask.html", {"form": form, "departures": left})


@public
def sign_in_by_code(request: PortalRequest) -> HttpResponse:
    """Type the code, in the browser that asked for it."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        contact = confirm_contact_by_typed_code(
            request, contacts=scope.contacts_with_code_for_browser(request), form=form
        )
        if contact is not None:
            way = request.session.get(NEXT) or reverse("membership:self_service:messages")
            request.session.flush()
            open_member_session(request, contact=contact, at=request.at)
            answer = redirect(way)
            scope.reset_code_limits_and_remember_browser(request, answer, contact)
            return answer
    return render(request, "membership/self_service/code.html", {"form": form})


@own_data
@require_POST
def sign_out(request: PortalRequest) -> HttpResponse:
    """Close the settings in this browser, and let it forget what it kept."""
    close_member_session(request)
    answer = redirect("home:start")
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer
