"""Lines about tokens, ready for a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from plp.connections.models import Token
from plp.connections.states import Scope


@dataclass(frozen=True)
class TokenRow:
    """A token, where it holds, what it opens, and how it stands."""

    token: Token
    area: str
    scopes: list[Any]
    state: str
    colour: str
    holds: bool


def token_rows(tokens: Iterable[Token], language: str, *, at: datetime) -> list[TokenRow]:
    """A line for each token."""
    return [_token_row(token, language, at) for token in tokens]


def _token_row(token: Token, language: str, at: datetime) -> TokenRow:
    state, colour = _("valid"), "good"
    if token.ended_at:
        state, colour = _("ended"), "plain"
    elif token.ends_at <= at:
        state, colour = _("run out"), "warn"
    scopes = [Scope(scope).label for scope in token.scopes]
    return TokenRow(token, token.area.name(language), scopes, state, colour, colour == "good")
