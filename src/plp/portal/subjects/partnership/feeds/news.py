"""What happened in a partnership that everybody may know, the newest first: in public pages and in feeds."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from unicodedata import category

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.translation import gettext as _

from plp.alerts.queries import PublicAlert, current_and_recently_cancelled_alerts
from plp.delivery import pages
from plp.evening.calendar import meeting_title
from plp.evening.letters import moment_in_words, public_meeting_url
from plp.evening.models import Meeting
from plp.evening.queries import public_evenings
from plp.evening.states import MeetingState
from plp.partnership.models import Partnership
from plp.partnership.short_names import name_with_short_word
from plp.toolbox.clock import local

SHOWN_FOR = timedelta(days=365)
FEEDS: dict[str, type[SyndicationFeed]] = {"atom": Atom1Feed, "rss": Rss201rev2Feed}


@dataclass(frozen=True)
class Item:
    """One piece of news. ``name`` never changes, so that a reader knows it again."""

    name: str
    at: datetime
    title: str
    words: str
    link: str


def public_news_items(partnership: Partnership, language: str, *, at: datetime) -> list[Item]:
    """The calamities opened to everybody, the evenings with their minutes, the launch: the newest first."""
    items = [_founding_or_launch_item(partnership, language)]
    items += [
        _alert_item(one, language)
        for one in current_and_recently_cancelled_alerts(at=at, area_path=partnership.area.path)
    ]
    for meeting in public_evenings(partnership, since=at - SHOWN_FOR):
        items += _invitation_and_minutes_items(meeting, language)
    return sorted(items, key=lambda item: (item.at, item.name), reverse=True)


def news_feed_content_and_media_type(
    partnership: Partnership, form: str, language: str, *, feed_url: str, at: datetime
) -> tuple[bytes, str]:
    """The news as a feed in ``form`` (a key of ``FEEDS``), and its media type."""
    title = name_with_short_word(partnership, language)
    made = FEEDS[form](
        title, pages.PARTNERSHIP.link(partnership.key), title, language, author_name=title, feed_url=feed_url
    )
    for item in public_news_items(partnership, language, at=at):
        name, words = f"{feed_url}#{item.name}", strip_invisible_signs(item.words)
        made.add_item(
            strip_invisible_signs(item.title), item.link, words, unique_id=name, unique_id_is_permalink=False,
            pubdate=local(item.at), updateddate=local(item.at),
        )  # fmt: skip
    return made.writeString("utf-8").encode(), f"application/{form}+xml; charset=utf-8"


def _founding_or_launch_item(partnership: Partnership, language: str) -> Item:
    name = partnership.name(language)
    if partnership.launched_at:
        title = _("The partnership %(name)s is at work") % {"name": name}
        return Item(
            "launched", partnership.launched_at, title, _("You can join."), pages.PARTNERSHIP.link(partnership.key)
        )
    title = _("The partnership %(name)s is being set up") % {"name": name}
    return Item("founded", partnership.founded_at, title, _("You can join."), pages.PARTNERSHIP.link(partnership.key))


def _alert_item(alert: PublicAlert, language: str) -> Item:
    order = [language, *alert.notice.partnership.languages, *alert.words]
    title, core, _more = next(alert.words[code] for code in order if code in alert.words)
    if alert.is_cancelled:
        title = _("Over: %(title)s") % {"title": title}
    name = f"{alert.notice.pk}{'-over' if alert.is_cancelled else ''}"
    return Item(name, alert.updated_at, title, core, pages.PARTNERSHIP.link(alert.notice.partnership.key))


def _invitation_and_minutes_items(meeting: Meeting, language: str) -> list[Item]:
    """The invitation; and once they are there, the minutes."""
    title = meeting_title(meeting, language)
    if meeting.state == MeetingState.CANCELLED:
        title = _("Cancelled: %(title)s") % {"title": title}
    where = (
        f"{moment_in_words(meeting.starts_at, language)}. {meeting.place_in(language)}, {meeting.street_in(language)}."
    )
    found = [Item(str(meeting.pk), meeting.convened_at or meeting.starts_at, title, where, public_meeting_url(meeting))]
    if meeting.approved_at:
        minutes = _("Minutes: %(title)s") % {"title": title}
        found.append(Item(f"{meeting.pk}-minutes", meeting.approved_at, minutes, where, public_meeting_url(meeting)))
    return found


def strip_invisible_signs(text: str) -> str:
    """Without signs that no XML may hold, or that turn the direction of what follows."""
    return "".join(sign for sign in text if sign in "\n\t" or category(sign)[0] != "C")
