"""What a newsletter can begin with: everything that the house already knows of the past time (R143)."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.db.models import Max
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from plp.charter.kinds import KINDS
from plp.documents.dates import date_format
from plp.evening.models import Meeting
from plp.evening.states import MeetingState as Evening
from plp.followup.rules.rubrics import NewsletterText
from plp.notices.models import Notice
from plp.partnership.models import Partnership
from plp.toolbox.clock import local
from plp.toolbox.words import colon

MOST_LINES = 6


def last_newsletter_time(partnership: Partnership) -> datetime | None:
    """When the last newsletter went out; ``None`` before the first."""
    sent = Notice.objects.filter(partnership=partnership, kind="newsletter")
    return sent.aggregate(last=Max("relayed_at"))["last"]


def draft_newsletter_texts(partnership: Partnership, *, since: datetime, at: datetime) -> dict[str, NewsletterText]:
    """A beginning for each language of the partnership, from what happened since ``since``: three queries.

    The news of the police nobody can know: that rubric is blank.
    """
    sent = Notice.objects.filter(partnership=partnership, relayed_at__gt=since, relayed_at__lte=at, trial=None)
    notices = list(sent.prefetch_related("texts").order_by("-relayed_at"))
    coming = Meeting.objects.filter(partnership=partnership, starts_at__gt=at)
    meetings = list(coming.filter(state=Evening.CONVENED).order_by("starts_at")[:MOST_LINES])
    return {
        language: _draft_newsletter_text(partnership, language, notices, meetings, since, at)
        for language in partnership.languages
    }


def _draft_newsletter_text(
    partnership: Partnership,
    language: str,
    notices: Sequence[Notice],
    meetings: Sequence[Meeting],
    since: datetime,
    at: datetime,
) -> NewsletterText:
    with override(language):
        return NewsletterText(
            title=_("Newsletter %s") % f"{partnership.name(language)}, {date_format(local(at), 'F Y')}",
            rubrics={
                "figures": _notice_counts_text(notices, since),
                "advice": _notice_titles_text(notices, "advice", language),
                "news": "",
                "feedback": _notice_titles_text(notices, "feedback", language),
                "agenda": "\n".join(_meeting_line(one) for one in meetings),
            },
        )


def _notice_counts_text(notices: Sequence[Notice], since: datetime) -> str:
    """How many messages of each kind, in the active language."""
    told = Counter(one.kind for one in notices)
    mark = colon(get_language())
    lines = [f"- {kind.label}{mark} {told[key]}" for key, kind in KINDS.items() if told[key]]
    day = date_format(local(since), "DATE_FORMAT")
    return "\n".join([_("Messages since %s:") % day, *lines]) if lines else ""


def _notice_titles_text(notices: Sequence[Notice], kind: str, language: str) -> str:
    """The titles of the messages of a kind that were written in ``language``."""
    titles = [
        text.title for one in notices if one.kind == kind for text in one.texts.all() if text.language == language
    ]
    return "\n".join(f"- {title}" for title in list(dict.fromkeys(titles))[:MOST_LINES])


def _meeting_line(meeting: Meeting) -> str:
    when = date_format(local(meeting.starts_at), "DATETIME_FORMAT")
    return f"- {when}{colon(get_language())} {meeting.get_purpose_display()}, {meeting.place}"
