"""Exactly what each recipient will get, before it leaves: by channel and language, how many, and what it costs."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from plp.charter.queries import required_plan_rule
from plp.delivery.answer_codes import SAMPLE
from plp.delivery.channel import Channel, Envelope, Metered
from plp.delivery.contact_order import rank_contacts
from plp.delivery.installed import add_preceding_channels, channels
from plp.delivery.texts import Slot, Text, fill_slots
from plp.membership.firms import contact_order_by_opening_hours
from plp.notices.copies import message_texts_by_channel_and_language, written_language_for_reader
from plp.notices.models import Notice
from plp.notices.queries import contacts_of_notice_audience, time_notice_ends, title_core_and_more_by_language
from plp.notices.queries.sending_times import first_time_notice_may_leave
from plp.toolbox.ids import CODE_LENGTH, READABLE
from plp.toolbox.texts import LANGUAGES

type Words = Mapping[str, tuple[str, str, str]]
FIRST = 1
LETTERS_TAKE = timedelta(hours=2)  # at the least, until volunteers have printed and carried them


@dataclass(frozen=True)
class CopyGroup:
    """The copies that are alike: one channel, one language. ``cents`` is what all of them cost, 0 where nothing does.

    ``parts`` of one SMS; 0 where the length costs nothing.
    """

    channel: str
    language: str
    people: int
    subject: str
    body: str
    parts: int
    cents: int

    @property
    def installed_channel(self) -> Channel:
        """The channel itself."""
        return channels()[self.channel]

    @property
    def look(self) -> str:
        """How a page draws it."""
        return "email" if self.installed_channel.abilities.max_length is None else "sms"

    @property
    def euros(self) -> float:
        """What all copies cost."""
        return self.cents / 100


@dataclass(frozen=True)
class OtherLanguageReaders:
    """Those who read ``language``, in which nothing was written: they get the words in ``given``."""

    language: str
    given: str
    people: int


def readers_in_other_languages(
    groups: Sequence[CopyGroup], texts: Words, order: tuple[str, ...]
) -> list[OtherLanguageReaders]:
    """Who gets another language than their own, and which; ``order`` is that of the partnership."""
    people = {language: sum(lot.people for lot in groups if lot.language == language) for language in LANGUAGES}
    return [
        OtherLanguageReaders(language, written_language_for_reader(language, texts, order), number)
        for language, number in people.items()
        if number and language not in texts
    ]


def sample_slot_values() -> dict[Slot, str]:
    """Words that stand in a preview where each copy has its own."""
    return {
        Slot.NAME: _("[name]"),
        Slot.ADDRESS: _("[address]"),
        Slot.CHECK_CODE: READABLE[:CODE_LENGTH],
        Slot.ANSWER_CODE: SAMPLE,
        Slot.SETTINGS_LINK: _("[link to the own settings]"),
        Slot.STOP_LINK: _("[link to stop]"),
    }


def copy_groups(notice: Notice, texts: Words, *, at: datetime) -> list[CopyGroup]:
    """What would leave now, in the order of the plan's channels; only what somebody gets. Raises ``NoPlan``."""
    if not texts:
        return []
    rule = required_plan_rule(notice.partnership, notice.kind, at=at)
    usable = contacts_of_notice_audience(notice).filter(stopped_at=None, confirmed_at__isnull=False)
    planned = add_preceding_channels(rule.channels)
    taken: QuerySet[Any] = rank_contacts(
        usable, planned, order_first=contact_order_by_opening_hours(notice.partnership, at=at)
    ).filter(_place=FIRST)
    people = Counter(taken.values_list("_way", "person__language"))
    copies = {
        (copy.channel, copy.language): copy
        for copy in message_texts_by_channel_and_language(notice, rule, texts, at=at)
    }
    keys = [(channel, language) for channel in planned for language in LANGUAGES]
    groups = []
    for key in keys:
        if people[key]:
            body = fill_slots(copies[key].body, sample_slot_values())
            parts, cents = _sms_parts_and_cents_of_copy(key[0], body, at)
            groups.append(CopyGroup(*key, people[key], copies[key].subject, body, parts, cents * people[key]))
    return groups


def end_before_letters_arrive(notice: Notice, *, at: datetime) -> datetime | None:
    """When a message ends that is still to leave, if that is sooner after it leaves than volunteers carry letters, and
    somebody gets a letter; else ``None``. Raises ``NoPlan``.
    """
    ends_at = time_notice_ends(notice, at=at)
    if notice.relayed_at is not None or ends_at is None:
        return None
    time_to_carry = ends_at - first_time_notice_may_leave(notice, at=at)
    if not timedelta(0) < time_to_carry < LETTERS_TAKE:
        return None
    groups = copy_groups(notice, title_core_and_more_by_language(notice), at=at)
    return ends_at if any(group.installed_channel.abilities.paper for group in groups) else None


def _sms_parts_and_cents_of_copy(channel_key: str, body: str, at: datetime) -> tuple[int, int]:
    """The parts of one copy, and what it costs in euro cents."""
    channel = channels()[channel_key]
    if not isinstance(channel, Metered):
        return 0, 0
    parts = channel.count_parts(Envelope("", "", channel.prepare(Text(channel_key, "", "", body)), {}, at))
    return parts, parts * channel.limits().cents
