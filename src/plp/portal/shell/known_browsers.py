"""Browsers in which a code was right: strangers who ask for codes take nothing from them (ADR 34).

A signed cookie holds a number of the browser and keyed digests of up to five addresses; nothing stands in the database.
It opens nothing: it only lets its holder ask for a code whatever others asked for.
"""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from plp.toolbox.crypto import digest
from plp.toolbox.ids import new_token

SALT, MOST = "known", 5


def known_browser_number(request: HttpRequest, mailbox: str) -> str:
    """The number of a browser in which a code to ``box`` was right within a year; empty for any other."""
    number, marks = _number_and_marks_in_cookie(request)
    return number if _mailbox_digest(mailbox) in marks else ""


def remember_browser(request: HttpRequest, answer: HttpResponse, mailbox: str) -> None:
    """Know this browser again when it asks for a code to ``box``."""
    number, marks = _number_and_marks_in_cookie(request)
    mine = _mailbox_digest(mailbox)
    kept = [mine, *(mark for mark in marks if mark != mine)][:MOST]
    answer.set_cookie(
        settings.KNOWN_COOKIE_NAME,
        signing.dumps([number or new_token(), kept], salt=SALT),
        max_age=settings.DEVICE_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _number_and_marks_in_cookie(request: HttpRequest) -> tuple[str, list[str]]:
    try:
        given = request.COOKIES.get(settings.KNOWN_COOKIE_NAME, "")
        number, marks = signing.loads(given, salt=SALT, max_age=settings.DEVICE_COOKIE_AGE)
    except signing.BadSignature:
        return "", []
    return number, marks


def _mailbox_digest(mailbox: str) -> str:
    return digest(mailbox, purpose="known")[:32]
