"""Two installations meet: an invitation, an answer, words read aloud, two confirmations; new keys; an end."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from plp.exchange import refusals
from plp.exchange.field_readers import READERS, VERSION
from plp.exchange.letter_format import (
    base64_signature,
    invitation_bytes,
    key_statement,
    new_key_pair,
)
from plp.exchange.models import OwnKey, PartnerInstallation
from plp.exchange.outbox import queue_letter
from plp.exchange.queries import PAIR
from plp.exchange.rules import INVITATION_LASTS, may_origin_receive_letters
from plp.exchange.states import UNDER_WAY, LetterKind, PartnerPurpose, PartnerState
from plp.journal.actions import note
from plp.mandates.queries import require, require_unless_machine
from plp.people.models import Person
from plp.places.models import Area
from plp.sandbox.client import parse_in_sandbox
from plp.sandbox.parsers import Rejected
from plp.toolbox.ids import new_random_id
from plp.toolbox.moves import WrongState


def get_or_create_own_key(*, by: Person | None, at: datetime) -> OwnKey:
    """The keys of this installation; made the first time."""
    key = OwnKey.objects.filter(retired_at=None).order_by("-made_at").first()
    return key or _create_key(by, at)


def _create_key(by: Person | None, at: datetime) -> OwnKey:
    pair = new_key_pair()
    key = OwnKey.objects.create(
        id=new_random_id(),
        signing_secret=pair.signing_secret,
        identity=pair.identity,
        signing_key=pair.signing_key,
        recipient=pair.recipient,
        made_at=at,
    )
    note(verb="exchange.key_made", by=by, at=at, target=key)
    return key


def partner_purpose_of_area(area: Area) -> PartnerPurpose:
    """For a zone messages, for the country the register."""
    return PartnerPurpose.REGISTER if area.kind == Area.Kind.COUNTRY else PartnerPurpose.MESSAGES


@transaction.atomic
def create_invitation(*, area: Area, by: Person | None, at: datetime, by_file: bool = False) -> PartnerInstallation:
    """Invite one installation, for a week. ``by_file``: letters to us never come by HTTPS. ``by`` nobody: the operator.

    Answers the partner-to-be; ``queries.invitation_text_of`` is the text to send.
    """
    require_unless_machine(by, PAIR, area, at=at)
    partner = PartnerInstallation.objects.create(
        id=new_random_id(),
        area=area,
        purpose=partner_purpose_of_area(area),
        is_by_file=by_file,
        own_key=get_or_create_own_key(by=by, at=at),
        invitation_ends_at=at + INVITATION_LASTS,
        made_at=at,
        made_by=by,
    )
    note(verb="exchange.invited", by=by, at=at, area=area.path, target=partner)
    return partner


def accept_invitation(
    *, invitation: str, area: Area, by: Person | None, at: datetime, by_file: bool = False
) -> PartnerInstallation:
    """Answer an invitation for ``area``: both sides then hold the keys of each other, and compare their words.

    Raises ``BadInvitation``, ``InvitationOver``, ``OriginRefused``, ``NotAllowed``.
    """
    require_unless_machine(by, PAIR, area, at=at)
    fields = read_invitation(invitation)
    if datetime.fromisoformat(fields["ends_at"]) <= at:
        raise refusals.InvitationOver
    if not may_origin_receive_letters(fields["origin"], is_local=settings.IS_LOCAL):
        raise refusals.OriginRefused
    return _create_partner_and_queue_hello(fields, area, by_file=by_file, by=by, at=at)


def read_invitation(invitation: str) -> dict[str, str]:
    """What stands in a pasted invitation. Raises ``BadInvitation``."""
    content = invitation_bytes(invitation)
    if content is None:
        raise refusals.BadInvitation
    try:
        fields = parse_in_sandbox("data:read_small_object", content)
    except Rejected as wrong:
        raise refusals.BadInvitation from wrong
    shape = {
        "version": (lambda value, _most: value == str(VERSION), 0),
        "meeting": (READERS["uuid"], 0),
        "name": (READERS["line"], 120),
        "origin": (READERS["line"], 300),
        "purpose": (lambda value, _most: value in PartnerPurpose.values, 0),
        "signing_key": (READERS["key"], 0),
        "recipient": (READERS["recipient"], 0),
        "ends_at": (READERS["moment"], 0),
    }
    try:
        if all(is_right(fields[name], most) for name, (is_right, most) in shape.items()):
            return {name: fields[name] for name in shape}
    except (KeyError, TypeError, ValueError, AttributeError):
        pass
    raise refusals.BadInvitation


@transaction.atomic
def _create_partner_and_queue_hello(
    fields: dict[str, str], area: Area, *, by_file: bool, by: Person | None, at: datetime
) -> PartnerInstallation:
    pairing = UUID(fields["meeting"])
    if PartnerInstallation.objects.filter(pk=pairing).exists():
        raise refusals.InvitationOver
    key = get_or_create_own_key(by=by, at=at)
    # Either side may be the reader of the register; two readers have nothing to say to each other.
    purposes = {partner_purpose_of_area(area), PartnerPurpose(fields["purpose"])}
    if area.kind == Area.Kind.COUNTRY and fields["purpose"] == PartnerPurpose.REGISTER:
        raise refusals.BadInvitation
    partner = PartnerInstallation.objects.create(
        id=pairing,
        area=area,
        purpose=PartnerPurpose.REGISTER if PartnerPurpose.REGISTER in purposes else PartnerPurpose.MESSAGES,
        state=PartnerState.MET,
        name=fields["name"],
        origin=fields["origin"],
        signing_key=fields["signing_key"],
        recipient=fields["recipient"],
        is_by_file=by_file,
        own_key=key,
        invitation_ends_at=fields["ends_at"],
        made_at=at,
        made_by=by,
    )
    hello = {
        "name": area.name("fr")[:120],
        "origin": "" if by_file else settings.ORIGIN,
        "purpose": partner.purpose,
        "signing_key": key.signing_key,
        "recipient": key.recipient,
    }
    queue_letter(partner, LetterKind.HELLO, hello, by=by, at=at)
    note(verb="exchange.met", by=by, at=at, area=area.path, target=partner)
    return partner


@transaction.atomic
def confirm_partner(*, partner: PartnerInstallation, words_agree: bool, by: Person, at: datetime) -> None:
    """Say that the words were read aloud and agree. Letters with messages pass once both sides have said so.

    Raises ``NotAllowed``, ``WordsDiffer``, ``WrongState``.
    """
    require(by, PAIR, partner.area, at=at)
    if not words_agree:
        raise refusals.WordsDiffer
    changed = PartnerInstallation.objects.filter(pk=partner.pk, state=PartnerState.MET, confirmed_at=None).update(
        confirmed_at=at, confirmed_by=by
    )
    if not changed:
        raise WrongState
    partner.refresh_from_db()
    queue_letter(partner, LetterKind.CONFIRMED, {}, by=by, at=at)
    note(verb="exchange.confirmed", by=by, at=at, area=partner.area.path, target=partner)
    open_partner_if_confirmed(partner, by=by, at=at)


def open_partner_if_confirmed(partner: PartnerInstallation, *, by: Person | None, at: datetime) -> None:
    """Open a partner that both sides confirmed; an earlier pairing with the same address is over then."""
    if partner.confirmed_at is None or partner.confirmed_there_at is None or partner.state != PartnerState.MET:
        return
    partner.state = PartnerState.OPEN
    partner.save(update_fields=["state"])
    note(verb="exchange.opened", by=by, at=at, area=partner.area.path, target=partner)
    earlier = PartnerInstallation.objects.filter(area=partner.area, origin=partner.origin, purpose=partner.purpose)
    for other in earlier.exclude(pk=partner.pk).exclude(origin="").exclude(ended_at__isnull=False):
        _end_partner_and_notify(other, by=by, at=at)


@transaction.atomic
def end_partner(*, partner: PartnerInstallation, by: Person | None, at: datetime) -> None:
    """Exchange nothing any more with an installation; it is told. What was relayed stays. ``by`` nobody: the operator.

    Raises ``NotAllowed``, ``WrongState``, ``MoveIsUnderWay``.
    """
    require_unless_machine(by, PAIR, partner.area, at=at)
    if partner.state == PartnerState.ENDED:
        raise WrongState
    if partner.moves.filter(state__in=UNDER_WAY).exists():
        raise refusals.MoveIsUnderWay
    _end_partner_and_notify(partner, by=by, at=at)


def _end_partner_and_notify(partner: PartnerInstallation, *, by: Person | None, at: datetime) -> None:
    if partner.recipient:
        queue_letter(partner, LetterKind.ENDED, {}, by=by, at=at)
    PartnerInstallation.objects.filter(pk=partner.pk).update(state=PartnerState.ENDED, ended_at=at)
    partner.refresh_from_db()
    note(verb="exchange.ended", by=by, at=at, area=partner.area.path, target=partner)


@transaction.atomic
def renew_own_keys_and_announce(*, by: Person | None, at: datetime) -> OwnKey:
    """New keys, announced to every partner in a letter that the old key signs. The old one still opens what comes.

    ``by`` nobody: the operator. Who lost the old key meets anew instead.
    """
    OwnKey.objects.filter(retired_at=None).update(retired_at=at)
    key = _create_key(by, at)
    for partner in PartnerInstallation.objects.exclude(state=PartnerState.ENDED).select_related("area"):
        if partner.recipient:
            queue_letter(partner, LetterKind.KEYS, _own_keys_content(partner, key), by=by, at=at)
        if partner.state != PartnerState.INVITED:  # an invitation that is out names the old one
            PartnerInstallation.objects.filter(pk=partner.pk).update(own_key=key)
    return key


def _own_keys_content(partner: PartnerInstallation, key: OwnKey) -> dict[str, Any]:
    statement = key_statement(partner.pk, key.signing_key, key.recipient)
    proof = base64_signature(statement, key.signing_secret)
    return {"signing_key": key.signing_key, "recipient": key.recipient, "proof": proof}
