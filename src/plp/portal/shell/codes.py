"""One-time codes in the browser: bound to it by a secret of its session, each with its own few tries (T5)."""

import json
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plp.people.codes import WrongCode, confirm_contact_by_code
from plp.people.models import ContactPoint
from plp.people.rules import CODE_DIGITS, CODE_DIGITS_LONG
from plp.portal.shell.forms import Form
from plp.portal.shell.requests import PortalRequest
from plp.toolbox.crypto import seal, unseal
from plp.toolbox.ids import new_token

BROWSER = "browser"


def get_or_create_browser_secret(request: PortalRequest) -> str:
    """The secret of this browser, made when first asked for."""
    if BROWSER not in request.session:
        request.session[BROWSER] = new_token()
    secret: str = request.session[BROWSER]
    return secret


def store_sealed(request: PortalRequest, name: str, value: Any) -> None:
    """Keep plain values in the session, sealed: what is typed in a form may name somebody."""
    request.session[name] = seal(json.dumps(value), context=f"session.{name}").hex()


def load_sealed(request: PortalRequest, name: str) -> Any:
    """What ``store_sealed`` kept; an empty mapping if nothing."""
    sealed = request.session.get(name)
    return json.loads(unseal(bytes.fromhex(sealed), context=f"session.{name}")) if sealed else {}


class CodeForm(Form):
    """Eight digits, or twelve, however they are spaced."""

    code = forms.CharField(
        label=_("Code"),
        help_text=_("The digits that we sent you."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "code"}),
    )

    def clean_code(self) -> str:
        """The digits alone."""
        digits = "".join(sign for sign in self.cleaned_data["code"] if sign.isdecimal())
        if len(digits) not in {CODE_DIGITS, CODE_DIGITS_LONG}:
            raise forms.ValidationError(WrongCode.sentence)
        return digits


def confirm_contact_by_typed_code(
    request: PortalRequest, *, contacts: Iterable[ContactPoint], form: CodeForm
) -> ContactPoint | None:
    """The contact that the typed code confirms; else ``None``, and the form says so.

    Nobody is refused for what others try: a code takes five tries, or has so many digits that it needs no end (ADR 34).
    """
    code, browser = form.cleaned_data["code"], get_or_create_browser_secret(request)
    tried: list[ContactPoint | None] = [*contacts]
    for contact in tried or [None]:
        try:
            return confirm_contact_by_code(
                contact=contact, code=code, browser=browser, by=request.person, at=request.at
            )
        except WrongCode as wrong:
            sentence = wrong.in_words()
    form.add_error("code", sentence)
    return None
