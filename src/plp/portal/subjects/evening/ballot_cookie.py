"""The code that a telephone took at the door of a meeting stays on it for the evening, in a signed cookie.

Here it stands nowhere: the database keeps digests of codes, and neither a session nor an account knows of one. A code
that is typed is kept nowhere at all.
"""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from plp.evening.models import Meeting

SALT = "evening.ballot"
LASTS = timedelta(hours=12)


def code_on_telephone(request: HttpRequest, meeting: Meeting) -> str:
    """The code of ``meeting`` that this telephone took at the door; empty for any other."""
    try:
        given = request.COOKIES.get(settings.BALLOT_COOKIE_NAME, "")
        token, code = signing.loads(given, salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return ""
    return str(code) if token == meeting.token else ""


def keep_code_on_telephone(answer: HttpResponse, meeting: Meeting, code: str) -> None:
    """Let the telephone keep its code until the evening is over; one code at a time."""
    answer.set_cookie(
        settings.BALLOT_COOKIE_NAME,
        signing.dumps([meeting.token, code], salt=SALT),
        max_age=LASTS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget_code_on_telephone(answer: HttpResponse) -> None:
    """Let the telephone drop its code."""
    answer.delete_cookie(settings.BALLOT_COOKIE_NAME, samesite="Lax")
