"""The e-mail address of one's sign-in: another one holds a day after it was asked for, unless cancelled (T4)."""

from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from plp.accounts import address_changes
from plp.accounts.address_changes import request_address_change_by_mail
from plp.portal.shell.guards import freshly_proven, own_account, public
from plp.portal.shell.requests import PortalRequest, StaffRequest, success
from plp.portal.subjects.account.forms import NewSignInAddressForm


@own_account
@freshly_proven
def request_own_email_change_by_mail(request: StaffRequest) -> HttpResponse:
    """Ask for another address, after a fresh proof; both addresses get a mail."""
    form = NewSignInAddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        request_address_change_by_mail(request.user, email=form.cleaned_data["email"], at=request.at)
        return success(
            request, _("An e-mail is on its way to both addresses. Confirm the new one by the link in it."), "mfa_index"
        )
    return render(request, "account/address.html", {"form": form})


@public
def confirm_new_email_address(request: PortalRequest, key: str) -> HttpResponse:
    """The link in the mail to the new address: looking changes nothing, the button confirms (T7)."""
    waiting = address_changes.open_address_change_by_key(key, address_changes.PROVE)
    if request.method == "POST":
        waiting = address_changes.record_address_as_proven(key=key, at=request.at)
    return render(request, "account/prove_address.html", {"change": waiting})


@public
def cancel_email_change(request: PortalRequest, key: str) -> HttpResponse:
    """The link in the mail to the old address: the button stops the change and ends every session."""
    address_changes.open_address_change_by_key(key, address_changes.CANCEL)
    if request.method == "POST":
        address_changes.cancel_address_change_and_end_sessions(key=key, at=request.at)
        logout(request)
        return render(request, "account/cancel_address.html", {"done": True})
    return render(request, "account/cancel_address.html", {"done": False})
