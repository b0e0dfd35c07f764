"""What people carry: the call list and the letters of one message, made from its rows in the outbox."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plp.channels.calls import CallMessage, CallRecipient, Calls
from plp.channels.paper import ABOUT, Paper, PaperMessage
from plp.charter.kinds import KINDS
from plp.charter.queries import required_plan_rule
from plp.delivery import actions as delivery
from plp.delivery.models import Dispatch, Message
from plp.delivery.phone_numbers import format_phone_number
from plp.delivery.queries import (
    copies_to_deliver_by_hand,
    copies_to_hand_out,
    count_urgent_persons_to_call,
    hand_carried_messages_of_quarters,
    subjects_of_hand_carried_messages,
    unknown_copies,
    unreached_persons,
    urgent_copies_without_supplier,
)
from plp.delivery.states import State
from plp.delivery.texts import Text
from plp.firms.models import Firm
from plp.firms.rules import opening_hours_in_words
from plp.mandates.grants import Permission
from plp.mandates.queries import permitted_areas
from plp.membership.firms import firms_by_person
from plp.membership.looks import note_look_at_members
from plp.membership.models import Membership
from plp.membership.queries import memberships_in_scope
from plp.notices.models import Notice, Relay
from plp.notices.queries import JUST_RELAYED, running_urgent_notices_by_message
from plp.notices.refusals import AlreadyExpired
from plp.partnership.gates import OVER, is_over
from plp.partnership.models import Partnership
from plp.partnership.open_rows import OpenRows
from plp.partnership.signs import kind_names_within_sentence, sign_and_name
from plp.people.models import Person
from plp.places.models import Area
from plp.places.queries import zone_around
from plp.places.queries.emergency import help_numbers_in
from plp.portal.subjects.notices.relay.inbox import inbox_row, received_notice_or_404
from plp.portal.subjects.notices.relay.progress import ended_or_stopped_sentence
from plp.toolbox.texts import LANGUAGES

MANAGE = Permission.MEMBERS_MANAGE
RECENT = timedelta(days=1)  # for which an alarm keeps its task on the desk
DAYTIME = time(9), time(20)  # when one calls for what the partnership itself says
ALL_WENT_WELL = {Paper.key: "delivered", Calls.key: "reached"}  # the outcome of each copy when nothing went wrong
LETTERS_WAITING = OpenRows(
    "FROM delivery_dispatch d JOIN delivery_message t ON t.id = d.message_id "
    "JOIN places_area a ON a.path = t.on_behalf_of "
    f"WHERE d.state = '{State.QUEUED}' AND d.channel IN ('{Paper.key}', '{Calls.key}') AND a.id IN {{areas}}",
    permission=MANAGE,
)


@dataclass(frozen=True)
class CarriedMessage:
    """A message of which people carry copies: of a ``notice``, or else of the partnership itself (an invitation).

    ``key``: by which its pages are found; ``ended``: why nothing of it leaves any more, or empty.
    """

    key: UUID
    message: Message
    partnership: Partnership
    title: str
    ended: str = ""
    notice: Notice | None = None

    @property
    def quarter(self) -> str:
        """The name of the partnership in the active language."""
        return self.partnership.name()

    @property
    def is_shut(self) -> bool:
        """Whether nobody may see names any more: of what the police sent, once the partnership has ended. That it has
        is still told to its members.
        """
        return self.notice is not None and is_over(self.partnership)


def carried_message_of_notice(notice: Notice, *, at: datetime) -> CarriedMessage:
    """The message of a relayed notice."""
    title = inbox_row(notice, get_language() or "fr").title
    ended = ended_or_stopped_sentence(notice, at=at)
    return CarriedMessage(notice.pk, notice.relay.message, notice.partnership, title, ended, notice)


def carried_message_or_404(request: HttpRequest, key: UUID) -> CarriedMessage:
    """What people carry, of a notice or of the partnership itself, where one manages its members."""
    person, at = request.person, request.at  # type: ignore[attr-defined]
    try:
        notice = received_notice_or_404(request, key, MANAGE, sent=True)
    except Http404:
        return carried_message_of_partnership(get_object_or_404(own_messages_by_hand(person, at=at), pk=key), at=at)
    return carried_message_of_notice(notice, at=at)


def own_messages_by_hand(person: Person, *, at: datetime) -> QuerySet[Message]:
    """What partnerships whose members one manages write themselves, beside the messages of the police (R66)."""
    areas = permitted_areas(person, MANAGE, at=at)
    relayed = Relay.objects.filter(message=OuterRef("pk"))
    return hand_carried_messages_of_quarters([*areas.values_list("path", flat=True)]).filter(~Exists(relayed))


def police_messages_by_hand(person: Person, *, at: datetime) -> QuerySet[Message]:
    """What the police wrote to members whom one manages, as long as their partnership lives."""
    areas = permitted_areas(person, MANAGE, at=at)
    relayed = Relay.objects.filter(notice__partnership__area__in=areas).exclude(notice__partnership__state__in=OVER)
    return Message.objects.filter(pk__in=relayed.values("message"))


def messages_still_carried(
    person: Person, *, at: datetime, states: Collection[State] = (State.QUEUED, State.ACCEPTED)
) -> QuerySet[Message]:
    """Those of these messages that have not ended and have copies in one of ``states``, by their keys: so the database
    finds the copies of each.
    """
    copies = Dispatch.objects.filter(message=OuterRef("pk"), channel__in=[*ALL_WENT_WELL], state__in=states)
    alive = Q(expires_at=None) | Q(expires_at__gt=at)
    sources = (police_messages_by_hand(person, at=at), own_messages_by_hand(person, at=at))
    carried = (messages.filter(alive, Exists(copies), stopped_at=None) for messages in sources)
    return Message.objects.filter(pk__in=[key for messages in carried for key in messages.values_list("pk", flat=True)])


def count_letters_and_calls_waiting(person: Person, called: Collection[UUID], *, at: datetime) -> int:
    """How many letters and calls nobody has taken yet, without the calls of the notices ``called``."""
    if not LETTERS_WAITING.may_exist_for(person):
        return 0
    alarms = Relay.objects.filter(notice__in=called).values("message")
    waiting_messages = messages_still_carried(person, at=at, states=[State.QUEUED])
    return copies_to_hand_out(waiting_messages, at=at).exclude(channel=Calls.key, message__in=alarms).count()


def carried_message_of_partnership(message: Message, *, at: datetime) -> CarriedMessage:
    """What a partnership itself writes."""
    partnership = Partnership.objects.select_related("area").get(area__path=message.on_behalf_of)
    title = subjects_of_hand_carried_messages([message.pk], get_language() or "fr")[message.pk]
    ended = ""
    if message.stopped_at:
        ended = _("This message was stopped. Nothing more is sent.")
    elif message.expires_at and message.expires_at <= at:
        ended = str(AlreadyExpired.sentence)
    return CarriedMessage(message.pk, message, partnership, title, ended)


def unticked_copies(carried: CarriedMessage, channel: str) -> list[Dispatch]:
    """The copies handed out and not ticked off yet, of people who are still known here; none after an end."""
    if carried.is_shut:
        return []
    rows = copies_to_deliver_by_hand(carried.message, channel).filter(state=State.ACCEPTED, contact__isnull=False)
    return list(rows.select_related("message", "contact__person__household__street", "contact__person__preference"))


def count_to_hand_out(carried: CarriedMessage, channel: str, *, at: datetime) -> int:
    """How many copies wait to be handed out."""
    return copies_to_deliver_by_hand(carried.message, channel).filter(state=State.QUEUED, due_at__lte=at).count()


def outcomes_of_all_arrived(rows: Iterable[Dispatch]) -> dict[str, str]:
    """Every copy as one that arrived, as ``record_outcomes`` takes it."""
    return {f"outcome-{row.pk}": ALL_WENT_WELL[row.channel] for row in rows}


def urgent_call_counts(person: Person, *, at: datetime) -> dict[UUID, int]:
    """How many neighbours are to be called, by urgent notice of the last day that ``person`` looks after."""
    recent = running_urgent_notices_by_message(person, at - RECENT, at=at) if JUST_RELAYED.may_exist_for(person) else {}
    counts = count_urgent_persons_to_call(recent, Calls.key) if recent else {}
    return {recent[key]: number for key, number in counts.items()}


def note_names_viewed(carried: CarriedMessage, list_name: str, number: int, *, by: Person, at: datetime) -> None:
    """Note that names of members were shown (R80)."""
    note_look_at_members(carried.partnership, list_name, number, by=by, at=at)


def record_outcomes(rows: Iterable[Dispatch], outcomes: Mapping[str, str], *, by: Person, at: datetime) -> int:
    """Note what was ticked: ``outcomes`` maps ``outcome-<row>`` to the channel's own word. Answers how many."""
    noted = 0
    for row in rows:
        outcome = outcomes.get(f"outcome-{row.pk}", "")
        if outcome:
            delivery.record_hand_outcome_and_reroute(dispatch=row, outcome=outcome, by=by, at=at)
            noted += 1
    return noted


def _texts_by_language(message: Message, channel: str) -> dict[str, Text]:
    rows = message.texts.filter(channel=channel)
    return {
        row.language: Text(row.channel, row.language, row.subject, row.body, easy_body=row.easy_body) for row in rows
    }


def call_message(carried: CarriedMessage, *, at: datetime) -> CallMessage:
    """The message as it is read aloud."""
    message = carried.message
    return CallMessage(
        sender=_names_by_language(carried.partnership),
        network=kind_names_within_sentence(carried.partnership.kind),
        texts=_texts_by_language(message, Calls.key),
        check_code=message.check_code,
        written_at=message.created_at,
        numbers=_police_and_help_numbers(carried.partnership),
        hours=_hours_to_call(carried.notice, at=at) if carried.notice else DAYTIME,
        site=settings.ORIGIN,
        page=_tick_off_page_url("calls", carried),
        is_from_police=carried.notice is not None,
    )


def _hours_to_call(notice: Notice, *, at: datetime) -> tuple[time, time] | None:
    """Those of the plan; none where an alarm does not wait."""
    rule = required_plan_rule(notice.partnership, notice.kind, at=at)
    if KINDS[notice.kind].urgent or rule.hours_from is None or rule.hours_until is None:
        return None
    return rule.hours_from, rule.hours_until


def call_recipients(carried: CarriedMessage, rows: Iterable[Dispatch]) -> list[CallRecipient]:
    """Those to be called, traders with their firm; the reference is the row, for ticking it off."""
    firms = firms_by_person(carried.partnership)
    return [
        CallRecipient(
            row.contact.person.name,
            row.language,
            [row.contact.address],
            str(row.pk),
            row.contact.person.preference.call_note_in_words,
            *_firm_and_hours(firms.get(row.contact.person_id)),
            at_firm=row.contact.at_firm,
        )
        for row in rows
        if row.contact is not None
    ]


def _firm_and_hours(firm: Firm | None) -> tuple[str, Any]:
    """The name of a firm, and its opening hours in the language in which they are read."""
    return (firm.name, lazy(opening_hours_in_words, str)(firm.hours)) if firm is not None else ("", "")


def paper_message(carried: CarriedMessage) -> PaperMessage:
    """The message as it is printed."""
    partnership, message, notice = carried.partnership, carried.message, carried.notice
    zone = zone_around(partnership.area) if notice else None
    names = _names_by_language(partnership)
    return PaperMessage(
        sender={language: sign_and_name(partnership.kind, name, language) for language, name in names.items()},
        texts=_texts_by_language(message, Paper.key),
        check_code=message.check_code,
        written_at=message.created_at,
        coordinator=partnership.contact_email or f"{settings.ORIGIN}/p/{partnership.key}/",
        police=_names_by_language(zone) if zone else {},
        numbers=_police_and_help_numbers(partnership),
        site=settings.ORIGIN,
        check=f"{settings.ORIGIN}{reverse('partnership:check')}",
        page=_tick_off_page_url("letters", carried),
        opening=KINDS[notice.kind].opening if notice else ABOUT,
    )


def _names_by_language(named: Partnership | Area) -> dict[str, str]:
    return {language: named.name(language) for language in LANGUAGES}


def _police_and_help_numbers(partnership: Partnership) -> tuple[str, str]:
    return help_numbers_in(partnership.area, partnership.languages[0]).police_and_help


def _tick_off_page_url(name: str, carried: CarriedMessage) -> str:
    """The address of the page where what was carried by hand is ticked off."""
    return f"{settings.ORIGIN}{reverse(f'notices:relay:{name}', args=[carried.key])}"


@dataclass(frozen=True)
class UnreachedMember:
    """A member whom no channel reached: name, door, and all they left to be reached by; ``numbers`` can be rung."""

    name: str
    door: str
    contacts: list[str]
    language: str
    numbers: list[str]
    firm: str = ""
    hours: Any = ""


def unreached_members(carried: CarriedMessage, person: Person, language: str, *, at: datetime) -> list[UnreachedMember]:
    """Members whom no channel reached, or whose channel does not work now: to be told by a call or at the door. Copies
    in doubt are not among them, and nobody is after an end.
    """
    if carried.is_shut:
        return []
    message = carried.message
    lost = set(unreached_persons(message).persons) - set(unknown_copies(message).values_list("person", flat=True))
    lost |= set(urgent_copies_without_supplier(message).values_list("person", flat=True))
    found = memberships_in_scope(person, at=at).filter(partnership=carried.partnership, person__in=lost)
    found = found.select_related("person__household__street", "firm").prefetch_related("person__contacts")
    return [_unreached_row(one, language) for one in found]


def _unreached_row(membership: Membership, language: str) -> UnreachedMember:
    person, home = membership.person, membership.person.household
    door = f"{home.street.name(language)} {home.house}" if home else ""
    contacts = [str(point.address) for point in person.contacts.all()]
    numbers = [one for one in contacts if one.startswith("+")]
    written = [format_phone_number(one) for one in contacts]
    return UnreachedMember(person.name, door, written, person.language, numbers, *_firm_and_hours(membership.firm))


def recipients_to_call(lost: Iterable[UnreachedMember], message: CallMessage) -> list[CallRecipient]:
    """Those of them who can be rung and read a language of the message, for the list on paper."""
    able = (one for one in lost if one.numbers and one.language in message.texts)
    return [CallRecipient(one.name, one.language, one.numbers, firm=one.firm, hours=one.hours) for one in able]
