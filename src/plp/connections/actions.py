"""Making and ending tokens, and counting their use."""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from plp.connections.models import Token
from plp.connections.queries import KEEP, token_digest
from plp.connections.refusals import AlreadyEnded, NoScopeChosen, TokenTooLong
from plp.connections.states import Scope
from plp.journal.actions import note
from plp.mandates.queries import may, require
from plp.people.models import Person
from plp.places.models import Area
from plp.toolbox.clock import local

LONGEST = timedelta(days=366)
A_MINUTE = 120  # requests of one token
BEGINS = "plp_"  # by which a scanner of sources knows a token that somebody left in the open


@transaction.atomic
def create_token(
    *, label: str, area: Area, scopes: Collection[str], ends_at: datetime, by: Person, at: datetime
) -> tuple[Token, str]:
    """A token and its words, which are shown once and kept nowhere."""
    require(by, KEEP, area, at=at)
    chosen_scopes = [scope for scope in Scope.values if scope in scopes]
    if not chosen_scopes:
        raise NoScopeChosen
    if not at < ends_at <= at + LONGEST:
        raise TokenTooLong
    words = BEGINS + secrets.token_urlsafe(32)
    token_fields = {
        "label": label,
        "area": area,
        "scopes": chosen_scopes,
        "ends_at": ends_at,
        "made_by": by,
        "made_at": at,
    }
    token = Token.objects.create(digest=token_digest(words), **token_fields)
    note(verb="token.made", by=by, at=at, area=area.path, target=token, scopes=chosen_scopes)
    return token, words


@transaction.atomic
def end_token(*, token: Token, by: Person, at: datetime) -> None:
    """Take a token back: the next request with it is refused."""
    require(by, KEEP, token.area, at=at)
    if not Token.objects.filter(pk=token.pk, ended_at=None).update(ended_at=at):
        raise AlreadyEnded
    note(verb="token.ended", by=by, at=at, area=token.area.path, target=token)


@transaction.atomic
def end_tokens_without_right(*, by: Person | None, at: datetime) -> int:
    """End the tokens whose maker no longer holds the right, for good; answer how many. The clock's act.

    Such a token opens nothing already; ended, it does not come back when its maker is forgotten.
    """
    tokens = Token.objects.filter(ended_at=None, ends_at__gt=at).exclude(made_by=None).select_related("area", "made_by")
    without_right = [token for token in tokens if not may(token.made_by, KEEP, token.area, at=at)]
    for token in without_right:
        Token.objects.filter(pk=token.pk, ended_at=None).update(ended_at=at)
        note(verb="token.ended", by=by, at=at, area=token.area.path, target=token)
    return len(without_right)


def count_token_use_under_limit(*, token: Token, by: Person | None, at: datetime) -> bool:
    """Count one request; ``False`` when the minute is full. Exact, however many ask at once.

    ``by`` is nobody: a program asks. The first use of a day is noted.
    """
    minute = at.replace(second=0, microsecond=0)
    own = Token.objects.filter(pk=token.pk)
    room = own.filter(minute=minute, uses__lt=A_MINUTE)
    counted = (
        room.update(uses=F("uses") + 1, used_at=at)
        or own.exclude(minute=minute).update(minute=minute, uses=1, used_at=at)
        or room.update(uses=F("uses") + 1, used_at=at)  # somebody began the minute just now
    )
    if not counted:
        return False
    if token.used_at is None or local(token.used_at).date() != local(at).date():
        note(verb="token.used", by=by, at=at, area=token.area.path, target=token)
    return True
