"""Pairing a tablet or till screen with a firm: a short code, shown to somebody of the firm, typed on the screen."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from plp.firms.models import Firm, Screen
from plp.journal.actions import note
from plp.people.models import Person
from plp.toolbox.crypto import all_digests, digest
from plp.toolbox.ids import new_token
from plp.toolbox.moves import Refused

CODE_LIVES = timedelta(minutes=10)
CODE_LENGTH = 8
MOST_SCREENS = 5  # of one firm


class WrongScreenCode(Refused):
    """No screen waits with this code: mistyped, used, or too old."""

    sentence = _("This code is not right any more. Ask for a new one on the page of the firm.")


class TooManyScreens(Refused):
    """A firm has few tills: more of them is a leak."""

    sentence = _("This firm has five screens. Take one off first.")


@dataclass(frozen=True)
class PairedScreen:
    """A screen just paired, and the token that its browser holds from now on."""

    screen: Screen
    token: str


@transaction.atomic
def create_screen_pairing_code(*, firm: Firm, by: Person, at: datetime) -> str:
    """A code of eight digits for one screen, good for ten minutes; an earlier one that waits ends.

    Raises ``TooManyScreens``.
    """
    firm.screens.filter(paired_at=None).delete()
    if firm.screens.count() >= MOST_SCREENS:
        raise TooManyScreens
    code = f"{secrets.randbelow(10**CODE_LENGTH):0{CODE_LENGTH}d}"
    screen = Screen.objects.create(
        firm=firm, code_digest=digest(code, purpose="screen_code"), code_until=at + CODE_LIVES
    )
    note(verb="screen.code_made", by=by, at=at, target=screen)
    return code


@transaction.atomic
def pair_screen(*, code: str, at: datetime) -> PairedScreen:
    """Pair the screen on which ``code`` was typed. Raises ``WrongScreenCode``."""
    keys = all_digests("".join(sign for sign in code if sign.isdecimal()), purpose="screen_code")
    screen = Screen.objects.select_for_update().filter(code_digest__in=keys, code_until__gt=at).first()
    if screen is None:
        raise WrongScreenCode
    secret = new_token()
    screen.code_digest, screen.token_digest, screen.paired_at = "", digest(secret, purpose="screen"), at
    screen.save(update_fields=["code_digest", "token_digest", "paired_at"])
    note(verb="screen.paired", by=None, at=at, target=screen)
    return PairedScreen(screen, secret)


@transaction.atomic
def remove_screen(*, screen: Screen, by: Person | None, at: datetime) -> None:
    """Take a screen off: from its next look on it shows nothing."""
    note(verb="screen.removed", by=by, at=at, target=f"firms.screen:{screen.pk}")
    screen.delete()
