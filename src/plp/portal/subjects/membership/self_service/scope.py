"""Who looks, and what is theirs: everything here starts at the person and finds nothing of others (T10)."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from plp.accounts.models import Account
from plp.channels.webpush import WebPush
from plp.delivery import actions as delivery
from plp.delivery.installed import channels_with_typed_addresses, senders
from plp.delivery.links import stop_link
from plp.documents.dates import date_format, hour_text
from plp.membership import buddies
from plp.membership.firms import active_trader_memberships
from plp.membership.public_requests import contacts_opened_by_code, send_settings_codes
from plp.membership.queries import FormerMembership, former_memberships_unless_still_tied, open_memberships_of
from plp.people import actions as people
from plp.people.models import Consent, ContactPoint, Person
from plp.people.queries import (
    EVERYTHING,
    contacts_by_keys,
    muted_topics,
    open_agreement_of_member,
    open_agreements_of_either_side,
    paused_until,
)
from plp.places.queries.coverage import nis_codes_a_quarter_may_cover
from plp.portal.shell import limits
from plp.portal.shell.codes import get_or_create_browser_secret, load_sealed, store_sealed
from plp.portal.shell.guards import member_or_staff_or_404
from plp.portal.shell.known_browsers import known_browser_number, remember_browser
from plp.portal.shell.own_contacts import SETTINGS_VERSION
from plp.portal.shell.requests import PortalRequest
from plp.portal.shell.sessions import member_of_open_session_else_close
from plp.toolbox.clock import local

ASKED = "code"
FOLLOWS: Mapping[str, Any] = {  # the consents that can be taken back one by one, and what that means
    Consent.Kind.CHANNEL: _("Nothing more will be sent this way. You stay a member."),
    Consent.Kind.POLICE_SEES_NAME: _(
        "The police may no longer see your name. You stay a member and still get messages."
    ),
    Consent.Kind.BUDDY: _("Nobody receives messages for somebody else any more: that ends at once."),
}


def own_contact_or_404(request: PortalRequest, key: UUID) -> ContactPoint:
    """One of one's own contacts; 404 for any other."""
    return get_object_or_404(member_or_staff_or_404(request).contacts.select_related("person"), pk=key)


@transaction.atomic
def send_code_if_known(request: PortalRequest, *, channel: str, address: str, at: datetime) -> None:
    """Send a code if somebody is known at the address: same answer and same work if not (T13).

    When no more may go to the address for a while, the last code that went is good in this browser too (ADR 34).
    """
    budgets = _code_limits(request, limits.mailbox_key(channel, address))
    if all(limits.count_if_under_limit(*budget) for budget in budgets):
        full = [limits.LIMITS[name].seconds for name, key in budgets if not limits.is_under_limit(name, key)]
        until = at + timedelta(seconds=max(full)) if full else None
        browser = get_or_create_browser_secret(request)
        contacts = send_settings_codes(channel=channel, address=address, browser=browser, by=None, at=at, until=until)
    else:
        contacts = contacts_opened_by_code(channel, address)
    store_sealed(request, ASKED, {"contacts": [contact.pk.hex for contact in contacts]})


def _code_limits(request: PortalRequest, mailbox: str) -> list[tuple[str, str]]:
    """By what it is counted how many codes go to an address: a browser that is known has a budget of its own."""
    number = known_browser_number(request, mailbox)
    if number:
        return [("code.device", f"{number} {mailbox}")]
    return [("code.network", f"{limits.network_prefix_of(request)} {mailbox}"), ("code.address", mailbox)]


def reset_code_limits_and_remember_browser(request: PortalRequest, answer: HttpResponse, contact: ContactPoint) -> None:
    """The code was right: know this browser again, and let whoever holds the address have new codes."""
    box = limits.mailbox_key(contact.channel, contact.address)
    for budget in _code_limits(request, box):
        limits.reset_limit(*budget)
    limits.reset_limit("code.address", box)
    remember_browser(request, answer, box)


def contacts_with_code_for_browser(request: PortalRequest) -> list[ContactPoint]:
    """The contacts to which this browser had a code sent."""
    return list(contacts_by_keys(load_sealed(request, ASKED).get("contacts", [])))


def is_staff_member(request: PortalRequest) -> bool:
    """Whether these settings are those of somebody who signs in: another way to reach them needs a fresh proof (T4).

    A code to one mailbox opens the settings; it must not lead what is to be relayed to the telephone of somebody else.
    """
    return Account.objects.filter(person=member_or_staff_or_404(request), is_active=True).exists()


def former_memberships_if_only_member(request: PortalRequest) -> list[FormerMembership]:
    """What whoever opened the settings by a code has left; none for staff, who are written to all the same."""
    if request.member is None or is_staff_member(request):
        return []
    return former_memberships_unless_still_tied(request.member)


def is_push_enabled() -> bool:
    """Whether notifications can be turned on in this installation."""
    return bool(settings.PUSH_HOSTS)


@dataclass(frozen=True)
class OwnContactHints:
    """What the page of messages says of a reader's ways to be reached. ``stops``: contact, channel, and the address
    that stops it at once, of each to which written messages go to a member.
    """

    is_failing: bool  # messages to one of the addresses come back
    is_offered_push: bool  # to a member without any, without a sign-in, who has not said no
    stops: list[tuple[ContactPoint, Any, str]]


def own_contact_hints(request: PortalRequest, person: Person) -> OwnContactHints:
    """One query."""
    account = Account.objects.filter(person=OuterRef("person"), is_active=True)
    asked = {"has_account": Exists(account), "declined_at": F("person__preference__push_declined_at")}
    rows: list[Any] = list(person.contacts.annotate(**asked).order_by("rank", "created_at"))
    known = senders()
    going = [
        contact
        for contact in rows
        if request.member is not None and contact.channel in known and contact.confirmed_at and not contact.stopped_at
    ]
    may_push = is_push_enabled() and request.person is None
    return OwnContactHints(
        is_failing=any(contact.failure and contact.stopped_at is None for contact in rows),
        is_offered_push=may_push
        and not any(contact.channel == WebPush.key or contact.has_account or contact.declined_at for contact in rows),
        stops=[(contact, known[contact.channel].label, urlsplit(stop_link(contact.pk)).path) for contact in going],
    )


def push_devices_of(person: Person) -> QuerySet[ContactPoint]:
    """The devices on which a person gets notifications, in their own order."""
    return person.contacts.filter(channel=WebPush.key, stopped_at=None).order_by("rank", "created_at")


def count_code_if_allowed(request: PortalRequest, contact: ContactPoint) -> bool:
    """Whether a code may go to an unproven or failing contact now: its channel carries codes, none went today (T55)."""
    free = contact.channel in senders() and (contact.confirmed_at is None or contact.failure != "")
    return (
        free
        and limits.count_if_under_limit("confirm.person", contact.person_id.hex)
        and limits.count_if_under_limit(
            "confirm.own", f"{contact.person_id.hex} {limits.mailbox_key(contact.channel, contact.address)}"
        )
    )


def is_only_sign_in_contact(request: PortalRequest, contact: ContactPoint) -> bool:
    """Whether these settings open by a code to this contact, and by nothing else."""
    if contact.channel not in _code_channels() or contact.confirmed_at is None or is_staff_member(request):
        return False
    return not _contacts_that_take_codes(contact.person).exclude(pk=contact.pk).exists()


def is_only_sign_in_channel(request: PortalRequest, channel: str) -> bool:
    """Whether these settings open by a code to a contact of this channel, and by nothing else."""
    if is_staff_member(request):
        return False
    contacts = _contacts_that_take_codes(member_or_staff_or_404(request))
    return set(contacts.values_list("channel", flat=True)) == {channel}


def _contacts_that_take_codes(person: Person) -> QuerySet[ContactPoint]:
    """The confirmed contacts to which a code for these settings goes."""
    return person.contacts.filter(channel__in=_code_channels(), confirmed_at__isnull=False, stopped_at=None)


def _code_channels() -> Set[str]:
    return senders().keys() & channels_with_typed_addresses().keys()


def nis_codes_around_own_quarters(person: Person) -> set[str]:
    """The NIS codes of the municipalities around the quarters to which somebody belongs."""
    return {nis for own in open_memberships_of(person) for nis in nis_codes_a_quarter_may_cover(own.partnership.area)}


class PreferenceLink(NamedTuple):
    """A page of wishes: its name, its address, and how things stand there."""

    label: Any
    url: str
    current: Any


def firm_links(person: Person) -> list[PreferenceLink]:
    """The page of each firm of a trader; none for a resident elsewhere."""
    return [
        PreferenceLink(
            _("My firm and its opening hours"),
            reverse("membership:self_service:firm", args=[own.pk]),
            own.firm.name if own.firm else "",
        )
        for own in active_trader_memberships(person)
    ]


def name_link(person: Person) -> PreferenceLink:
    """The page of one's name and language."""
    language = dict(settings.LANGUAGES).get(person.language, "")
    return PreferenceLink(
        _("Name and language"), reverse("membership:self_service:about"), f"{person.name}, {language}"
    )


def time_links(person: Person) -> list[PreferenceLink]:
    """The pages on which one says when messages wait."""
    preference, paused = person.preference, paused_until(person)
    quiet = ""
    if preference.quiet_from and preference.quiet_until:
        quiet = f"{hour_text(preference.quiet_from)} – {hour_text(preference.quiet_until)}"
    until = date_format(local(paused), "DATE_FORMAT") if paused else ""
    return [
        PreferenceLink(_("Quiet hours"), reverse("membership:self_service:quiet"), quiet),
        PreferenceLink(_("Pause"), reverse("membership:self_service:pause"), until),
    ]


def preference_links(person: Person) -> list[PreferenceLink]:
    """The pages on which one says what else one wishes."""
    muted, preference, buddy = muted_topics(person), person.preference, open_agreement_of_member(person)
    kinds = _("all kinds") if not muted else _("nothing at all") if EVERYTHING in muted else _("some kinds")
    home = person.household
    where = f"{home.street.name(get_language() or person.language)} {home.house}" if home else ""
    letters = _("large print") if preference.large_print else _("ordinary print")
    letters = format_lazy("{}, {}", letters, _("easy to read")) if preference.easy_to_read else letters
    digest = str(preference.get_digest_display())
    helper = "" if buddy is None else _("agreed") if buddy.agreed_at else _("asked, no answer yet")
    pages = (
        (_("My address"), "door", where),
        (_("What I receive"), "topics", kinds),
        (_("One by one or in one e-mail"), "together", digest[:1].lower() + digest[1:]),
        (_("Letters and calls"), "reading", letters),
        (_("Somebody else gets my messages too"), "buddy", helper),
    )
    return [PreferenceLink(label, reverse(f"membership:self_service:{view}"), now) for label, view, now in pages]


def invite_buddy_under_limit(request: PortalRequest, person: Person, answers: Mapping[str, Any]) -> None:
    """Ask somebody to receive on behalf; at most one letter a day to one address (T55). Raises ``TooOften``."""
    box = limits.mailbox_key(answers["channel"], answers["address"])
    if not (
        limits.count_if_under_limit("buddy.person", str(person.pk))
        and limits.count_if_under_limit("buddy.address", box)
    ):
        raise limits.TooOften
    asked = {name: answers[name] for name in ("name", "language", "channel", "address")}
    buddies.invite_buddy(person=person, by=person, at=request.at, **asked)


@transaction.atomic
def withdraw_consent_and_stop_contacts(person: Person, consent: Consent, *, at: datetime) -> None:
    """Take one consent back; without that of a channel nothing more goes by it."""
    people.withdraw_consent(person=person, kind=consent.kind, subject=consent.subject, by=person, at=at)
    if consent.kind == Consent.Kind.CHANNEL:
        for contact in person.contacts.filter(channel=consent.subject):
            delivery.stop_contact(contact=contact, how="page", at=at)
    for buddy in open_agreements_of_either_side(person) if consent.kind == Consent.Kind.BUDDY else []:
        if buddy.pk.hex == consent.subject:
            buddies.end_buddy_agreement(buddy=buddy, by=person, at=at)


@transaction.atomic
def resume_contact_with_consent(contact: ContactPoint, *, at: datetime) -> None:
    """Take a stop back, which is a consent again."""
    person = contact.person
    people.resume_contact(contact=contact, by=person, at=at)
    people.record_consent(
        person=person, kind=Consent.Kind.CHANNEL, subject=contact.channel, version=SETTINGS_VERSION, by=person, at=at
    )


def is_settings_session_over(request: PortalRequest) -> bool:
    """Whether the contact that opened these settings was just stopped, which closes them."""
    return member_of_open_session_else_close(request, at=request.at) is None
