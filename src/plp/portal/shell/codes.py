"""One-time codes in the browser: bound to it by a secret of its session, limited per network and in all (T5)."""

import json
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plp.people.actions import WrongCode, use_code
from plp.people.guessing import note_guessing
from plp.people.models import ContactPoint
from plp.people.rules import CODE_DIGITS
from plp.portal.shell import limits
from plp.portal.shell.requests import PortalRequest
from plp.toolbox.crypto import seal, unseal
from plp.toolbox.ids import token

BROWSER = "browser"


def browser_of(request: PortalRequest) -> str:
    """The secret of this browser, made when first asked for."""
    if BROWSER not in request.session:
        request.session[BROWSER] = token()
    secret: str = request.session[BROWSER]
    return secret


def keep(request: PortalRequest, name: str, value: Any) -> None:
    """Keep plain values in the session, sealed: what is typed in a form may name somebody."""
    request.session[name] = seal(json.dumps(value), context=f"session.{name}").hex()


def kept(request: PortalRequest, name: str) -> Any:
    """What ``keep`` kept; an empty mapping if nothing."""
    sealed = request.session.get(name)
    return json.loads(unseal(bytes.fromhex(sealed), context=f"session.{name}")) if sealed else {}


class CodeForm(forms.Form):
    """Eight digits, however they are spaced."""

    code = forms.CharField(
        label=_("Code"),
        help_text=_("The eight digits that we sent you."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "code"}),
    )

    def clean_code(self) -> str:
        """The digits alone."""
        digits = "".join(sign for sign in self.cleaned_data["code"] if sign.isdecimal())
        if len(digits) != CODE_DIGITS:
            raise forms.ValidationError(WrongCode.sentence)
        return digits


def spend(request: PortalRequest, *, contacts: Iterable[ContactPoint], form: CodeForm) -> ContactPoint | None:
    """The contact that the typed code confirms; else ``None``, and the form says so. Raises ``TooOften``."""
    network = limits.network_of(request)
    if not (limits.left("wrong.network", network) and limits.left("wrong.everywhere", "")):
        raise limits.TooOften
    person, at = request.person, request.at
    tried: list[ContactPoint | None] = [*contacts]
    for contact in tried or [None]:
        try:
            return use_code(
                contact=contact, code=form.cleaned_data["code"], browser=browser_of(request), by=person, at=at
            )
        except WrongCode as wrong:
            sentence = wrong.in_words()
    limits.take("wrong.network", network)
    if limits.take("wrong.everywhere", "") and not limits.left("wrong.everywhere", ""):
        note_guessing(by=person, at=at)
    form.add_error("code", sentence)
    return None
