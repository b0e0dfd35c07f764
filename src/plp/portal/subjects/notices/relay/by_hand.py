"""What people carry: the call list and the letters of one message, made from its rows in the outbox."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from plp.channels.calls import CallMessage, CallRecipient, Calls
from plp.channels.paper import Paper, PaperMessage
from plp.charter.kinds import KINDS
from plp.charter.queries import required_plan_rule
from plp.delivery import actions as delivery
from plp.delivery.models import Dispatch
from plp.delivery.phone_numbers import format_phone_number
from plp.delivery.queries import (
    copies_to_deliver_by_hand,
    count_persons_to_call,
    unknown_copies,
    unreached_persons,
    urgent_copies_without_supplier,
)
from plp.delivery.states import State
from plp.delivery.texts import Text
from plp.journal.actions import note
from plp.membership.queries import memberships_in_scope
from plp.notices.models import Notice
from plp.notices.queries import JUST_RELAYED, running_urgent_notices_by_message
from plp.partnership.gates import is_over
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.places.models import Area
from plp.places.queries import zone_around
from plp.places.queries.emergency import help_numbers_in
from plp.toolbox.texts import LANGUAGES

RECENT = timedelta(days=1)  # for which an alarm keeps its task on the desk


def unticked_copies(notice: Notice, channel: str) -> list[Dispatch]:
    """The copies handed out and not ticked off yet, of people who are still known here; none after an end."""
    if is_over(notice.partnership):
        return []
    rows = copies_to_deliver_by_hand(notice.relay.message, channel).filter(state=State.ACCEPTED, contact__isnull=False)
    return list(rows.select_related("message", "contact__person__household__street", "contact__person__preference"))


def count_to_hand_out(notice: Notice, channel: str, *, at: datetime) -> int:
    """How many copies wait to be handed out."""
    return copies_to_deliver_by_hand(notice.relay.message, channel).filter(state=State.QUEUED, due_at__lte=at).count()


def urgent_call_counts(person: Person, *, at: datetime) -> dict[UUID, int]:
    """How many neighbours are to be called, by urgent notice of the last day that ``person`` looks after."""
    recent = running_urgent_notices_by_message(person, at - RECENT, at=at) if JUST_RELAYED.may_exist_for(person) else {}
    return {recent[key]: number for key, number in count_persons_to_call(recent, Calls.key).items()} if recent else {}


def note_names_viewed(notice: Notice, list_name: str, number: int, *, by: Person, at: datetime) -> None:
    """Note that names of members were shown (R80)."""
    note(
        verb="members.viewed",
        by=by,
        at=at,
        area=notice.partnership.area.path,
        target=notice.partnership,
        list=list_name,
        count=number,
    )


def record_outcomes(rows: Iterable[Dispatch], outcomes: Mapping[str, str], *, by: Person, at: datetime) -> int:
    """Note what was ticked: ``outcomes`` maps ``outcome-<row>`` to the channel's own word. Answers how many."""
    noted = 0
    for row in rows:
        outcome = outcomes.get(f"outcome-{row.pk}", "")
        if outcome:
            delivery.record_outcome(dispatch=row, outcome=outcome, by=by, at=at)
            noted += 1
    return noted


def _texts_by_language(notice: Notice, channel: str) -> dict[str, Text]:
    rows = notice.relay.message.texts.filter(channel=channel)
    return {
        row.language: Text(row.channel, row.language, row.subject, row.body, easy_body=row.easy_body) for row in rows
    }


def call_message(notice: Notice, *, at: datetime) -> CallMessage:
    """The message as it is read aloud."""
    rule, message = required_plan_rule(notice.partnership, notice.kind, at=at), notice.relay.message
    is_free = KINDS[notice.kind].urgent or rule.hours_from is None or rule.hours_until is None
    return CallMessage(
        sender=_names_by_language(notice.partnership),
        texts=_texts_by_language(notice, Calls.key),
        check_code=message.check_code,
        written_at=notice.relay.at,
        numbers=_urgent_numbers(notice),
        hours=None if is_free else (rule.hours_from, rule.hours_until),  # type: ignore[arg-type]
        site=settings.ORIGIN,
        page=_tick_off_page_url("calls", notice),
    )


def call_recipients(rows: Iterable[Dispatch]) -> list[CallRecipient]:
    """Those to be called; the reference is the row, for ticking it off."""
    return [
        CallRecipient(
            row.contact.person.name,
            row.language,
            [row.contact.address],
            str(row.pk),
            row.contact.person.preference.call_note_in_words,
        )
        for row in rows
        if row.contact is not None
    ]


def paper_message(notice: Notice) -> PaperMessage:
    """The message as it is printed."""
    partnership, message = notice.partnership, notice.relay.message
    zone = zone_around(partnership.area)
    return PaperMessage(
        sender=_names_by_language(partnership),
        texts=_texts_by_language(notice, Paper.key),
        check_code=message.check_code,
        written_at=notice.relay.at,
        coordinator=partnership.contact_email or f"{settings.ORIGIN}/p/{partnership.key}/",
        police=_names_by_language(zone) if zone else {},
        numbers=_urgent_numbers(notice),
        site=settings.ORIGIN,
        check=f"{settings.ORIGIN}{reverse('partnership:check')}",
        page=_tick_off_page_url("letters", notice),
        opening=KINDS[notice.kind].opening,
    )


def _names_by_language(named: Partnership | Area) -> dict[str, str]:
    return {language: named.name(language) for language in LANGUAGES}


def _urgent_numbers(notice: Notice) -> tuple[str, str]:
    return help_numbers_in(notice.partnership.area, notice.partnership.languages[0]).police_and_help


def _tick_off_page_url(name: str, notice: Notice) -> str:
    """The address of the page where what was carried by hand is ticked off."""
    return f"{settings.ORIGIN}{reverse(f'notices:relay:{name}', args=[notice.pk])}"


@dataclass(frozen=True)
class UnreachedMember:
    """A member whom no channel reached: name, door, and all they left to be reached by; ``numbers`` can be rung."""

    name: str
    door: str
    contacts: list[str]
    language: str
    numbers: list[str]


def unreached_members(notice: Notice, person: Person, language: str, *, at: datetime) -> list[UnreachedMember]:
    """Members whom no channel reached, or whose channel does not work now: to be told by a call or at the door. Copies
    in doubt are not among them, and nobody is after an end.
    """
    if is_over(notice.partnership):
        return []
    message = notice.relay.message
    lost = set(unreached_persons(message).persons) - set(unknown_copies(message).values_list("person", flat=True))
    lost |= set(urgent_copies_without_supplier(message).values_list("person", flat=True))
    found = memberships_in_scope(person, at=at).filter(partnership=notice.partnership, person__in=lost)
    return [_unreached_row(one.person, language) for one in found.prefetch_related("person__contacts")]


def _unreached_row(person: Person, language: str) -> UnreachedMember:
    home = person.household
    door = f"{home.street.name(language)} {home.house}" if home else ""
    contacts = [str(point.address) for point in person.contacts.all()]
    numbers = [one for one in contacts if one.startswith("+")]
    return UnreachedMember(person.name, door, [format_phone_number(one) for one in contacts], person.language, numbers)


def recipients_to_call(lost: Iterable[UnreachedMember], message: CallMessage) -> list[CallRecipient]:
    """Those of them who can be rung and read a language of the message, for the list on paper."""
    able = (one for one in lost if one.numbers and one.language in message.texts)
    return [CallRecipient(one.name, one.language, one.numbers, "", "") for one in able]
