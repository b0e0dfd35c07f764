"""The door for letters of other installations (``exchange``): what comes in is opened, checked, and taken in once."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from plp.api.permissions import public
from plp.exchange import actions as exchange
from plp.exchange.refusals import LetterRefused
from plp.exchange.rules import MOST_BYTES
from plp.sandbox.refusals import NotReadNow, TooHeavy
from plp.toolbox import clock

LETTER = "application/age"
TOO_LONG, NO_LETTER, BUSY = 413, 415, 503


@public
@csrf_exempt
@never_cache
@require_POST
def receive_installation_letter(request: HttpRequest) -> HttpResponse:
    """200 with its outcome once a letter is kept; else why not, in one word. Nothing tells who is known here."""
    length = request.META.get("CONTENT_LENGTH") or ""
    if not length.isdecimal() or int(length) > MOST_BYTES:
        return _refusal_response("too_long", TOO_LONG)
    if request.content_type != LETTER:
        return _refusal_response("no_letter", NO_LETTER)
    try:
        outcome = exchange.receive_partner_letter(content=request.body, by=None, at=clock.now())
    except LetterRefused as refusal:
        return _refusal_response(refusal.key, refusal.status)
    except (NotReadNow, TooHeavy):
        return _refusal_response("busy", BUSY)
    return JsonResponse({"outcome": outcome.value})


def _refusal_response(reason: str, status: int) -> HttpResponse:
    return JsonResponse({"reason": reason}, status=status)
