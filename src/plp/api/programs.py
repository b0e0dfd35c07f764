"""What programs of others read with a token (``connections``): JSON, no name of a person, nothing outside its area."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from plp.api.permissions import public
from plp.connections.actions import count_token_use
from plp.connections.models import Token
from plp.connections.openapi import PAGE, openapi_document
from plp.connections.queries import partnerships_of_token, valid_token
from plp.connections.states import Scope
from plp.evaluation.queries.zone import PartnershipFigures, zone_figures
from plp.evening.letters import public_url
from plp.evening.models import Meeting
from plp.evening.queries import evenings_of
from plp.launch.queries.register import register_entry
from plp.partnership.models import Partnership
from plp.people.small_counts import is_small
from plp.toolbox import clock
from plp.toolbox.storable import storable

BEARER = "Bearer "
A_FEW = 20  # rows of an answer whose rows are dear

type Read = Callable[[Token, str, datetime], tuple[list[dict[str, Any]], str | None]]


@public
@never_cache
@require_safe
def document(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document."""
    with override("en"):
        return JsonResponse(openapi_document(settings.ORIGIN), json_dumps_params={"ensure_ascii": False, "indent": 1})


def reads(scope: Scope) -> Callable[[Read], Callable[[HttpRequest], HttpResponse]]:
    """A view of one scope: who asks, may they, not too often; then the rows."""

    def decorate(read: Read) -> Callable[[HttpRequest], HttpResponse]:
        @public
        @never_cache
        @require_safe
        @wraps(read)
        def answered(request: HttpRequest) -> HttpResponse:
            at, given = clock.now(), request.headers.get("Authorization", "")
            token = valid_token(given.removeprefix(BEARER), at=at) if given.startswith(BEARER) else None
            if token is None:
                return problem(401, "No token that holds", **{"WWW-Authenticate": "Bearer"})
            if not count_token_use(token=token, by=None, at=at):
                return problem(429, "Too many requests in this minute", **{"Retry-After": "60"})
            if scope not in token.scopes:
                return problem(403, "The token does not open this")
            begin = storable(request.GET.get("after", ""))[:60]
            rows, after = read(token, begin, at)
            return JsonResponse({"data": rows, "next": after}, json_dumps_params={"ensure_ascii": False})

        return answered

    return decorate


def problem(status: int, title: str, **headers: str) -> HttpResponse:
    """A refusal as ``application/problem+json`` (RFC 9457)."""
    told = {"title": title, "status": status}
    return JsonResponse(told, status=status, content_type="application/problem+json", headers=headers)


def _page(token: Token, after: str, size: int) -> tuple[QuerySet[Partnership], str | None]:
    """So many partnerships of a token, those after a key, and where the next begin."""
    found = partnerships_of_token(token).filter(key__gt=after)
    keys = list(found.values_list("key", flat=True)[: size + 1])
    return found.filter(key__in=keys[:size]), keys[size - 1] if len(keys) > size else None


@reads(Scope.PARTNERSHIPS)
def partnerships(token: Token, after: str, at: datetime) -> tuple[list[dict[str, Any]], str | None]:
    """What is public of each partnership, and where it stands."""
    found, onward = _page(token, after, PAGE)
    return [_partnership(one) for one in found], onward


@reads(Scope.EVENINGS)
def evenings(token: Token, after: str, at: datetime) -> tuple[list[dict[str, Any]], str | None]:
    """The evenings to which everybody was invited, by partnership."""
    found, onward = _page(token, after, PAGE)
    return [_evening(one) for one in evenings_of(found)], onward


@reads(Scope.FIGURES)
def figures(token: Token, after: str, at: datetime) -> tuple[list[dict[str, Any]], str | None]:
    """Counts of each partnership; those of few persons hidden."""
    found, onward = _page(token, after, PAGE)
    return [_figures(row) for row in zone_figures(found, at=at).rows], onward


@reads(Scope.REGISTER)
def register(token: Token, after: str, at: datetime) -> tuple[list[dict[str, Any]], str | None]:
    """The entry of each partnership for the federal register (R150)."""
    found, onward = _page(token, after, A_FEW)
    return [_entry(register_entry(one, at=at)) for one in found], onward


def _number(number: int) -> int | None:
    """A count of persons; one to four could tell of somebody, and are not told (T53)."""
    return None if is_small(number) else number


def _entry(told: dict[str, str | int]) -> dict[str, Any]:
    return {**told, "members": told["members"] if isinstance(told["members"], int) else None}


def _partnership(one: Partnership) -> dict[str, Any]:
    last = one.area.parent_path.rstrip("/").rpartition("/")[2]
    return {
        "key": one.key,
        "names": {language: one.name(language) for language in one.languages},
        "kind": one.kind,
        "state": one.state,
        "municipality_nis": last[1:] if last.startswith("m") and last[1:].isdecimal() else "",
        "founded_at": one.founded_at,
        "launched_at": one.launched_at,
        "email": one.contact_email,
        "telephone": one.contact_phone,
        "page": f"{settings.ORIGIN}/p/{one.key}/",
    }


def _evening(one: Meeting) -> dict[str, Any]:
    return {
        "id": str(one.pk),
        "key": one.partnership.key,
        "state": one.state,
        "starts_at": one.starts_at,
        "ends_at": one.ends_at,
        "place": f"{one.place}, {one.street}",
        "page": public_url(one),
    }


def _figures(row: PartnershipFigures) -> dict[str, Any]:
    return {
        "key": row.partnership.key,
        "members": _number(row.members),
        "asking": _number(row.asking),
        "messages_30_days": row.sent,
        "to_relay": row.to_relay,
        "overdue": row.overdue,
        "relay_minutes": row.relay[0] if row.relay else None,
        "deputies": row.deputies,
    }
