"""How long a session lives, and what ends it early (T6, docs/security.md#sessions)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest

from plp.mandates.grants import POLICE, Role
from plp.mandates.queries import mandates_of
from plp.people.models import ContactPoint, Person

BEGAN, SEEN, ROLES, MEMBER = "began", "seen", "roles", "member"
LISTENING = "Plp-Listening"  # the header of a page that asks by itself whether somebody calls for help
NOTED = 20  # parts of the time left alone, after each of which "last seen" is written: a page view need not write


@dataclass(frozen=True)
class Limits:
    """After how long a session ends: left alone (``idle``) and in all (``whole``)."""

    idle: timedelta
    whole: timedelta


ADMINISTRATOR = Limits(timedelta(minutes=15), timedelta(hours=8))
OFFICER = Limits(timedelta(minutes=30), timedelta(hours=10))
OTHERS = Limits(timedelta(minutes=60), timedelta(hours=12))
MEMBERS = Limits(timedelta(days=30), timedelta(days=90))


def session_limits_for(roles: set[str]) -> Limits:
    """The strictest limits among the roles that somebody holds."""
    if Role.ADMINISTRATOR in roles:
        return ADMINISTRATOR
    return OFFICER if roles & {role.value for role in POLICE} else OTHERS


def has_session_cookie(request: HttpRequest) -> bool:
    """Whether the browser sent a session at all; if not, nobody is looked up."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def note_use_if_staff_session_may_continue(request: HttpRequest, *, at: datetime) -> bool:
    """Whether the staff session may go on at ``at``: not left alone too long, not too old, same roles as at its start.

    A role given, ended or covered for somebody absent ends the sessions of its holder (T6): they sign in again.
    """
    session, mandates = request.session, mandates_of(request.user.person, at=at)  # type: ignore[union-attr]
    roles, now = ",".join(sorted(mandate.pk.hex for mandate in mandates)), at.timestamp()
    if BEGAN not in session:
        session.update({BEGAN: now, SEEN: now, ROLES: roles})
        return True
    limits = session_limits_for({mandate.role for mandate in mandates})
    if now - session[SEEN] > limits.idle.total_seconds() or now - session[BEGAN] > limits.whole.total_seconds():
        return False
    if session[ROLES] != roles:
        return False
    is_listening = LISTENING in request.headers  # the page asks by itself: nobody is there for that
    if not is_listening and now - session[SEEN] > limits.idle.total_seconds() / NOTED:
        session[SEEN] = now
    return True


def open_member_session(request: HttpRequest, *, contact: ContactPoint, at: datetime) -> None:
    """Open the settings of the person behind ``contact`` in this browser, after the right one-time code.

    The session gets a new key (T6) and holds the contact's id and two dates, nothing else.
    """
    request.session.cycle_key()
    now = at.timestamp()
    request.session[MEMBER] = {"contact": contact.pk.hex, "began": now, "seen": now}
    request.session.set_expiry(int(MEMBERS.idle.total_seconds()))


def close_member_session(request: HttpRequest) -> None:
    """Forget the member in this browser, and the whole session with them."""
    request.session.flush()


def member_of_open_session_else_close(request: HttpRequest, *, at: datetime) -> Person | None:
    """The person whose settings are open in this browser at ``at``; one query. A stopped contact opens nothing."""
    opened = request.session.get(MEMBER)
    if opened is None:
        return None
    now = at.timestamp()
    idle, whole = MEMBERS.idle.total_seconds(), MEMBERS.whole.total_seconds()
    contact = (
        ContactPoint.objects.filter(pk=UUID(hex=opened["contact"]), stopped_at=None).select_related("person").first()
    )
    if contact is None or now - opened["seen"] > idle or now - opened["began"] > whole:
        del request.session[MEMBER]
        return None
    if now - opened["seen"] > idle / NOTED:
        request.session[MEMBER] = {**opened, "seen": now}
    return contact.person
