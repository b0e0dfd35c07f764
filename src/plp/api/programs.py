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
from plp.connections.actions import count_token_use_under_limit
from plp.connections.models import Token
from plp.connections.openapi import PAGE, openapi_document
from plp.connections.queries import partnerships_of_token, valid_token
from plp.connections.states import Scope
from plp.evaluation.queries.zone import PartnershipFigures, zone_figures
from plp.evening.letters import public_meeting_url
from plp.evening.models import Meeting
from plp.evening.queries import convened_information_evenings
from plp.launch.queries.register import register_entry_as_flat_values
from plp.partnership.models import Partnership
from plp.people.small_counts import is_small
from plp.toolbox import clock
from plp.toolbox.storable import strip_unstorable

BEARER = "Bearer "
A_FEW = 20  # rows of an answer whose rows are dear

type Read = Callable[[Token, str, datetime], tuple[list[dict[str, Any]], str | None]]


@public
@never_cache
@require_safe
def openapi_json(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document."""
    with override("en"):
        return JsonResponse(openapi_document(settings.ORIGIN), json_dumps_params={"ensure_ascii": False, "indent": 1})


def scoped_view(scope: Scope) -> Callable[[Read], Callable[[HttpRequest], HttpResponse]]:
    """A view of one scope: who asks, may they, not too often; then the rows."""

    def decorate(read: Read) -> Callable[[HttpRequest], HttpResponse]:
        @public
        @never_cache
        @require_safe
        @wraps(read)
        def check_token_and_answer_rows(request: HttpRequest) -> HttpResponse:
            at, given = clock.now(), request.headers.get("Authorization", "")
            token = valid_token(given.removeprefix(BEARER), at=at) if given.startswith(BEARER) else None
            if token is None:
                return problem_response(401, "No token that holds", **{"WWW-Authenticate": "Bearer"})
            if not count_token_use_under_limit(token=token, by=None, at=at):
                return problem_response(429, "Too many requests in this minute", **{"Retry-After": "60"})
            if scope not in token.scopes:
                return problem_response(403, "The token does not open this")
            begin = strip_unstorable(request.GET.get("after", ""))[:60]
            rows, after = read(token, begin, at)
            return JsonResponse({"data": rows, "next": after}, json_dumps_params={"ensure_ascii": False})

        return check_token_and_answer_rows

    return decorate


def problem_response(status: int, title: str, **headers: str) -> HttpResponse:
    """A refusal as ``application/problem+json`` (RFC 9457)."""
    told = {"title": title, "status": status}
    return JsonResponse(told, status=status, content_type="application/problem+json", headers=headers)


def _partnerships_page_and_next_key(token: Token, after: str, size: int) -> tuple[QuerySet[Partnership], str | None]:
    """So many partnerships of a token, those after a key, and where the next begin."""
    found = partnerships_of_token(token).filter(key__gt=after)
    keys = list(found.values_list("key", flat=True)[: size + 1])
    return found.filter(key__in=keys[:size]), keys[size - 1] if len(keys) > size else None


@scoped_view(Scope.PARTNERSHIPS)
def partnership_rows(token: Token, after: str, at: datetime) -> tuple[list[dict[str, Any]], str | None]:
    """What is public of each partnership, and where it stands."""
    found, onward = _partnerships_page_and_next_key(token, after, PAGE)
    return [_partnership_row(one) for one in found], onward


@scoped_view(Scope.EVENINGS)
def evening_rows(token: Token, after: str, at: datetime) -> tuple[list[dict[str, Any]], str | None]:
    """The evenings to which everybody was invited, by partnership."""
    found, onward = _partnerships_page_and_next_key(token, after, PAGE)
    return [_evening_row(one) for one in convened_information_evenings(found)], onward


@scoped_view(Scope.FIGURES)
def figure_rows(token: Token, after: str, at: datetime) -> tuple[list[dict[str, Any]], str | None]:
    """Counts of each partnership; those of few persons hidden."""
    found, onward = _partnerships_page_and_next_key(token, after, PAGE)
    return [_figures_row(row) for row in zone_figures(found, at=at).rows], onward


@scoped_view(Scope.REGISTER)
def register_rows(token: Token, after: str, at: datetime) -> tuple[list[dict[str, Any]], str | None]:
    """The entry of each partnership for the federal register (R150)."""
    found, onward = _partnerships_page_and_next_key(token, after, A_FEW)
    return [_register_row(register_entry_as_flat_values(one, at=at)) for one in found], onward


def _hide_small_count(number: int) -> int | None:
    """A count of persons; one to four could tell of somebody, and are not told (T53)."""
    return None if is_small(number) else number


def _register_row(entry: dict[str, str | int]) -> dict[str, Any]:
    return {**entry, "members": entry["members"] if isinstance(entry["members"], int) else None}


def _partnership_row(partnership: Partnership) -> dict[str, Any]:
    last = partnership.area.parent_path.rstrip("/").rpartition("/")[2]
    return {
        "key": partnership.key,
        "names": {language: partnership.name(language) for language in partnership.languages},
        "kind": partnership.kind,
        "state": partnership.state,
        "municipality_nis": last[1:] if last.startswith("m") and last[1:].isdecimal() else "",
        "founded_at": partnership.founded_at,
        "launched_at": partnership.launched_at,
        "email": partnership.contact_email,
        "telephone": partnership.contact_phone,
        "page": f"{settings.ORIGIN}/p/{partnership.key}/",
    }


def _evening_row(meeting: Meeting) -> dict[str, Any]:
    return {
        "id": str(meeting.pk),
        "key": meeting.partnership.key,
        "state": meeting.state,
        "starts_at": meeting.starts_at,
        "ends_at": meeting.ends_at,
        "place": f"{meeting.place}, {meeting.street}",
        "page": public_meeting_url(meeting),
    }


def _figures_row(row: PartnershipFigures) -> dict[str, Any]:
    return {
        "key": row.partnership.key,
        "members": _hide_small_count(row.members),
        "asking": _hide_small_count(row.asking),
        "messages_30_days": row.sent,
        "to_relay": row.to_relay,
        "overdue": row.overdue,
        "relay_minutes": row.relay[0] if row.relay else None,
        "deputies": row.deputies,
    }
