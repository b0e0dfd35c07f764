"""Claimed rows become items: opened, judged against stop, expiry and the person's wishes, and addressed."""

import logging
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID

from django.db.backends.utils import CursorWrapper
from django.utils import translation
from django.utils.translation import gettext as _

from plp.delivery.answer_codes import answer_code
from plp.delivery.channel import Envelope, Metered, Prepared, Sender, Slot, Text
from plp.delivery.digests import combine_texts_into_digest
from plp.delivery.engine.work_items import PROVEN_ADDRESS, Charge, ClaimedCopy, SendResult
from plp.delivery.links import settings_link, stop_link
from plp.delivery.models import Dispatch, Message, MessageText
from plp.delivery.references import reference_of
from plp.delivery.rules import FAULT_PAUSE, MOST_FAULTS, QuietWishes, copy_held_until
from plp.delivery.states import MESSAGE_STOPPED, State
from plp.people.models import ContactPoint, Person, Preference
from plp.places.models import Area
from plp.toolbox.crypto import sealing_context_of_row, unseal

log = logging.getLogger(__name__)
CONTACTS, PERSONS, PREFERENCES = ContactPoint._meta.db_table, Person._meta.db_table, Preference._meta.db_table
PREPARED_TEXTS = 64  # prepared texts kept in memory: a message has about eight

# Address, name, wishes, stop and expiry come from one row read at one moment (T18, F28).
LOAD = f"""
SELECT d.id, d.message_id, d.channel, d.language, d.urgent, d.queued_at, d.tries, d.unknowns,
       c.id, c.address, c.confirmed_at, c.stopped_at,
       m.expires_at, m.stopped_at, m.unconfirmed, m.check_code, p.id, p.name,
       w.id, w.quiet_from, w.quiet_until, w.alarm_breaks_quiet, w.paused_until, d.digest, m.last_word,
       c.digest, m.area, w.easy_to_read
FROM {Dispatch._meta.db_table} d
JOIN {Message._meta.db_table} m ON m.id = d.message_id
LEFT JOIN {CONTACTS} c ON c.id = d.contact_id
LEFT JOIN {PERSONS} p ON p.id = c.person_id
LEFT JOIN {PREFERENCES} w ON w.person_id = p.id
WHERE d.id __AMONG__
ORDER BY d.urgent DESC, d.tries, d.id
"""  # noqa: S608  names of our own tables


def parse_database_datetime(value: Any) -> datetime | None:
    """A date and time as either database gives it: SQLite without its zone, which is UTC."""
    if value is None:
        return None
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def parse_database_time(value: Any) -> time | None:
    """A time of day as either database gives it."""
    return value if value is None or isinstance(value, time) else time.fromisoformat(value)


def _seconds_left(expires: Any, at: datetime) -> float | None:
    """How many seconds a message still lives at ``at``, if it ends at all."""
    ends = parse_database_datetime(expires)
    return (ends - at).total_seconds() if ends else None


class CopyLoader:
    """Makes items for the channels of one worker; keeps the texts it prepared."""

    def __init__(self, channels: Mapping[str, Sender]) -> None:
        self.channels = channels
        self.metered = {key: channel for key, channel in channels.items() if isinstance(channel, Metered)}
        self.texts: OrderedDict[tuple[str, str, str, bool], Prepared | None] = OrderedDict()

    def load(
        self, cursor: CursorWrapper, id_condition: str, ids: Any, token: str, at: datetime
    ) -> tuple[list[ClaimedCopy], list[SendResult]]:
        """Items ready to leave, in the order of their queues, and results for those that must not leave (now)."""
        cursor.execute(LOAD.replace("__AMONG__", id_condition), [ids])
        results: list[SendResult] = []
        copies: dict[Any, list[Sequence[Any]]] = {}
        for row in cursor.fetchall():
            verdict = self._result_if_it_must_not_leave(row, token, at)
            if verdict is not None:
                results.append(verdict)
            else:  # one copy a row, but for those that leave together: same contact, channel and language
                copies.setdefault((row[8], row[2], row[3]) if row[23] else row[0], []).append(row)
        items: list[ClaimedCopy] = []
        for rows in copies.values():
            written = self._build_copy(rows, token, at)
            if isinstance(written, ClaimedCopy):
                items.append(written)
            else:
                results += [written._replace(id=row[0]) for row in rows]
        return items, results

    def _result_if_it_must_not_leave(self, row: Sequence[Any], token: str, at: datetime) -> SendResult | None:
        """Why this copy must not leave now; None if it may."""
        confirmed, contact_stopped, expires, stopped, unconfirmed = row[10], row[11], row[12], row[13], row[14]
        if stopped is not None:
            return SendResult(row[0], token, State.STOPPED, reason=MESSAGE_STOPPED, tried=0)
        is_stopped = contact_stopped is not None and not row[24]
        if row[8] is None or is_stopped or (confirmed is None and not unconfirmed):
            return SendResult(row[0], token, State.STOPPED, reason="contact-stopped", tried=0)
        if expires is not None and parse_database_datetime(expires) <= at:  # type: ignore[operator]
            return SendResult(row[0], token, State.EXPIRED, reason="expired", tried=0)
        asked_for = bool(unconfirmed or row[24])
        if row[18] is None or asked_for:
            return None
        until = copy_held_until(at, self._quiet_wishes(row), urgent=bool(row[4]), asked_for=asked_for)
        if until is None:
            return None
        return SendResult(row[0], token, State.HELD, tried=0, pause=(until - at).total_seconds())

    @staticmethod
    def _quiet_wishes(row: Sequence[Any]) -> QuietWishes:
        context = sealing_context_of_row(PREFERENCES, "paused_until", row[18])
        sealed = row[22]
        return QuietWishes(
            parse_database_time(row[19]),
            parse_database_time(row[20]),
            bool(row[21]),
            lambda: unseal(bytes(sealed), context=context),
        )

    def _build_copy(self, rows: Sequence[Sequence[Any]], token: str, at: datetime) -> ClaimedCopy | SendResult:
        """The envelope of one copy. Whatever goes wrong in writing it is this copy's trouble alone (F35)."""
        row = rows[0]
        number, message, channel = row[0], str(row[1]).replace("-", ""), row[2]
        try:
            prepared = self._prepare_text(rows)
            if prepared is None:
                return SendResult(number, token, State.FAILED, reason="no-text")
            address = unseal(bytes(row[9]), context=sealing_context_of_row(CONTACTS, "address", row[8]))
            envelope = Envelope(
                reference_of(number, message),
                address,
                prepared,
                {slot: slot_value(slot, row, address) for slot in prepared.slots},
                parse_database_datetime(row[5] if len(rows) == 1 else max(other[5] for other in rows)),  # type: ignore[arg-type]
                bool(row[4]),
                any(other[7] > 0 for other in rows),
                _seconds_left(row[12], at),
                at,
            )
            charge = self._charge_of_copy(envelope, row) if channel in self.metered else None
        except Exception as fault:  # our own code fails on this one: park it in the end, never stop the queue
            log.error("dispatch %s cannot be written: %s", number, type(fault).__name__)
            if row[6] + 1 >= MOST_FAULTS:
                return SendResult(number, token, State.FAILED, reason="fault")
            return SendResult(number, token, State.QUEUED, reason="fault", pause=FAULT_PAUSE)
        tries, unknowns = max(other[6] for other in rows), max(other[7] for other in rows)
        others = tuple(other[0] for other in rows[1:])
        return ClaimedCopy(number, token, channel, envelope.urgent, tries, unknowns, envelope, others, charge)

    def _charge_of_copy(self, envelope: Envelope, row: Sequence[Any]) -> Charge:
        """What this copy costs, and whose counters it goes by."""
        channel = self.metered[row[2]]
        codes = (
            "" if not row[14] else PROVEN_ADDRESS if row[10] is not None else channel.number_range_of(envelope.address)
        )
        return Charge(channel.count_parts(envelope), row[25], row[26], codes)

    def _prepare_text(self, rows: Sequence[Sequence[Any]]) -> Prepared | None:
        """The text of these rows, encoded once for all who get the same; None where one has no text in the language."""
        channel, language, easy = rows[0][2], rows[0][3], bool(rows[0][27])
        key = ("+".join(str(row[1]).replace("-", "") for row in rows), channel, language, easy)
        if key not in self.texts:
            text = self._text_of_rows(rows, channel, language, easy=easy)
            self.texts[key] = self.channels[channel].prepare(text) if text else None
            while len(self.texts) > PREPARED_TEXTS:
                self.texts.popitem(last=False)
        self.texts.move_to_end(key)
        return self.texts[key]

    @staticmethod
    def _text_of_rows(rows: Sequence[Sequence[Any]], channel: str, language: str, *, easy: bool) -> Text | None:
        messages = [row[1] if isinstance(row[1], UUID) else UUID(hex=row[1]) for row in rows]
        text_rows = MessageText.objects.filter(message__in=messages, channel=channel, language=language)
        texts = {
            text_row.message_id: text_with_partnership_of_row(text_row).in_easy_language_if_chosen(easy=easy)
            for text_row in text_rows.select_related("message")
        }
        if len(texts) < len(messages):
            return None
        if len(messages) == 1:
            return texts[messages[0]]
        return combine_texts_into_digest([(texts[key], str(row[15])) for key, row in zip(messages, rows, strict=True)])


def text_with_partnership_of_row(row: MessageText) -> Text:
    """A kept text with whose it is: the partnership's name as members know it, and the key of their list."""
    message, quarter = row.message, None
    if message.on_behalf_of:
        quarter = Area.objects.filter(path=message.on_behalf_of, kind=Area.Kind.QUARTER).first()
    with translation.override(row.language):
        sender = _("PLP %s") % quarter.name(row.language) if quarter else ""
    return Text(
        channel=row.channel,
        language=row.language,
        subject=row.subject,
        body=row.body,
        html=row.html,
        piece=row.piece,
        easy_body=row.easy_body,
        easy_piece=row.easy_piece,
        sender=sender,
        list_key=quarter.path.rstrip("/").rpartition("/")[2].removeprefix("q-") if quarter else "",
        may_be_stopped=not message.despite_stop,
    )


def slot_value(slot: Slot, row: Sequence[Any], address: str) -> str:
    """What one recipient's copy says in a slot."""
    if slot is Slot.NAME:
        return unseal(bytes(row[17]), context=sealing_context_of_row(PERSONS, "name", row[16]))
    if slot is Slot.STOP_LINK:
        return stop_link(str(row[8]))
    if slot is Slot.CHECK_CODE:
        return str(row[15])
    if slot is Slot.ANSWER_CODE:
        return answer_code(row[0])
    return settings_link() if slot is Slot.SETTINGS_LINK else address
