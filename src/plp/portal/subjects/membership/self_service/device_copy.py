"""What a member may keep on their own device, to be read without a connection."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from plp.charter.kinds import KINDS
from plp.documents.dates import date_format
from plp.membership.queries import open_memberships_of
from plp.notices.models import Notice
from plp.notices.queries import notices_sent_to_member
from plp.notices.states import State
from plp.people.models import Person
from plp.places.queries.emergency import help_numbers_in
from plp.portal.subjects.membership.self_service.notices import notice_for_reader
from plp.toolbox.clock import local

LAST = 10


def offline_messages_and_numbers(person: Person, *, at: datetime) -> dict[str, Any]:
    """The last messages as this person reads them, and the stations of their quarters. Names nobody.

    What was withdrawn stays out, and so does who is looked for: such a message is taken back one day, and a device
    without a connection would not know (R125).
    """
    looked_for = [key for key, kind in KINDS.items() if kind.needs_reference]
    sent = notices_sent_to_member(person, at=at).exclude(kind__in=looked_for).exclude(state=State.RETRACTED)[:LAST]
    return {
        "at": at.isoformat(),
        "since": _("Saved here on %(day)s. What came later appears when you are online.")
        % {"day": _datetime_text_or_empty(at)},
        "messages": [_message_data(notice, person) for notice in sent],
        "desks": _desk_numbers(person),
    }


def _message_data(notice: Notice, person: Person) -> dict[str, Any]:
    read = notice_for_reader(notice, language=person.language)
    reads_easy = bool(read.easy) and person.preference.easy_to_read
    given = _("Not written in your language; this is %(language)s.") % {"language": read.given} if read.given else ""
    return {
        "line": f"{read.kind} · {read.sender} · {_datetime_text_or_empty(read.sent_at)}",
        "note": given,
        "title": read.title,
        "core": read.easy if reads_easy else read.core,
        "more": "" if reads_easy else read.more,
        "language": read.language,
    }


def _desk_numbers(person: Person) -> list[dict[str, str]]:
    found = {}
    for one in open_memberships_of(person):
        number = help_numbers_in(one.partnership.area, person.language).desk
        if number:
            found[number] = one.partnership.name(person.language)
    return [{"name": name, "number": number} for number, name in found.items()]


def _datetime_text_or_empty(at: datetime | None) -> str:
    return date_format(local(at), "DATETIME_FORMAT") if at else ""
