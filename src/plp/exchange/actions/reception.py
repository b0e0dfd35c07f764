"""Letters come in: opened, known to be genuine, read in the sandbox, taken in by their number, each exactly once."""

from collections import Counter
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from plp.exchange import refusals
from plp.exchange.actions.handlers import HANDLERS
from plp.exchange.letter_format import OpenedLetter, is_genuine_letter, letters_in_file, opened_letter
from plp.exchange.models import HeldLetter, PartnerInstallation
from plp.exchange.queries import PAIR, own_letter_secrets
from plp.exchange.rules import (
    A_MINUTE,
    MOST_BYTES,
    MOST_HELD,
    NotUnderstood,
    checked_content,
    checked_envelope,
    is_letter_time_wrong,
)
from plp.exchange.states import LetterKind, LetterOutcome, PartnerState
from plp.journal.actions import note
from plp.mandates.queries import NotAllowed, holds_any_permission
from plp.people.models import Person
from plp.sandbox.client import parse_in_sandbox
from plp.sandbox.parsers import Rejected
from plp.toolbox.moves import Refused

MOST_LETTERS = 2_000  # of one file


def receive_partner_letter(*, content: bytes, by: Person | None, at: datetime, is_live: bool = True) -> LetterOutcome:
    """Take one letter in. ``is_live``: it came by HTTPS just now, so its clock must be right.

    ``by`` nobody: a machine brought it. Raises a ``LetterRefused`` that says why not: nothing is changed then.
    """
    if len(content) > MOST_BYTES:
        raise refusals.LetterTooLong
    letter = opened_letter(content, own_letter_secrets())
    if letter is None:
        raise refusals.LetterUnreadable
    partner = PartnerInstallation.objects.filter(pk=letter.pairing).first()
    if partner is None:
        raise refusals.LetterForged
    if partner.state == PartnerState.ENDED:
        raise refusals.PartnerEnded
    if partner.signing_key and not is_genuine_letter(letter, partner.signing_key):
        raise refusals.LetterForged
    body = _parse_letter_body(letter)
    sent_at = datetime.fromisoformat(body["sent_at"])
    if is_letter_time_wrong(sent_at, at, is_live=is_live):
        raise refusals.ClocksDiffer
    if is_live and not _count_letter_under_limit(partner, at):
        raise refusals.TooManyLetters
    if not partner.signing_key:
        _check_answer_to_invitation(letter, partner, body, at)
    return _process_letter_by_number(partner, body, by=by, at=at)


def _parse_letter_body(letter: OpenedLetter) -> dict[str, Any]:
    """The body, parsed where nothing of ours can be harmed. Raises ``LetterUnreadable``."""
    try:
        body = parse_in_sandbox("data:read_small_object", letter.body)
        return {**checked_envelope(body), "content": body.get("content")}
    except (Rejected, NotUnderstood) as wrong:
        raise refusals.LetterUnreadable from wrong


def _count_letter_under_limit(partner: PartnerInstallation, at: datetime) -> bool:
    """Count one genuine letter; ``False`` when the minute is full. Exact, however many come at once."""
    minute = at.replace(second=0, microsecond=0)
    own = PartnerInstallation.objects.filter(pk=partner.pk)
    room = own.filter(minute=minute, in_minute__lt=A_MINUTE)
    return bool(
        room.update(in_minute=F("in_minute") + 1)
        or own.exclude(minute=minute).update(minute=minute, in_minute=1)
        or own.filter(minute=None).update(minute=minute, in_minute=1)
    )


def _check_answer_to_invitation(
    letter: OpenedLetter, partner: PartnerInstallation, body: dict[str, Any], at: datetime
) -> None:
    """The first letter of somebody invited brings its own keys: they hold once the words were compared."""
    try:
        content = checked_content(body["kind"], body["content"])
    except NotUnderstood as wrong:
        raise refusals.LetterForged from wrong
    if body["kind"] != LetterKind.HELLO or partner.invitation_ends_at <= at:
        raise refusals.LetterForged
    if not is_genuine_letter(letter, content["signing_key"]):
        raise refusals.LetterForged


@transaction.atomic
def _process_letter_by_number(
    partner: PartnerInstallation, body: dict[str, Any], *, by: Person | None, at: datetime
) -> LetterOutcome:
    """By its number: the next one and those that waited for it are done, an earlier one was here, a later one waits."""
    partner = PartnerInstallation.objects.select_for_update(of=("self",)).select_related("area").get(pk=partner.pk)
    seen = min(body["seen"], partner.sent)
    partner.letters.filter(number__lte=seen, taken_at=None).update(taken_at=at)
    PartnerInstallation.objects.filter(pk=partner.pk).update(heard_at=at)
    if body["number"] <= partner.received:
        return LetterOutcome.REPEATED
    if body["number"] > partner.received + MOST_HELD:
        raise refusals.TooFarAhead
    if body["number"] > partner.received + 1:
        HeldLetter.objects.get_or_create(partner=partner, number=body["number"], defaults={"body": body})
        return LetterOutcome.HELD
    outcome = _carry_out_letter_or_note_refusal(partner, body, by=by, at=at)
    while held := HeldLetter.objects.filter(partner=partner, number=partner.received + 1).first():
        held.delete()
        _carry_out_letter_or_note_refusal(partner, held.body, by=by, at=at)
    return outcome


def _carry_out_letter_or_note_refusal(
    partner: PartnerInstallation, body: dict[str, Any], *, by: Person | None, at: datetime
) -> LetterOutcome:
    """Do what a letter says. What is not understood, or may not be done, is noted and does not stop the next one."""
    outcome, area = LetterOutcome.TAKEN, partner.area.path
    PartnerInstallation.objects.filter(pk=partner.pk).update(received=body["number"])
    try:
        with transaction.atomic():
            content = checked_content(body["kind"], body["content"])
            contents = (content,) if content else ()  # some kinds say all by being there
            HANDLERS[LetterKind(body["kind"])](partner, *contents, by=by, at=at)
    except (NotUnderstood, Refused) as wrong:
        outcome = LetterOutcome.NOT_UNDERSTOOD
        kind = body["kind"] if body["kind"] in LetterKind.values else "unknown"
        note(
            verb="exchange.letter_refused",
            by=by,
            at=at,
            area=area,
            target=partner,
            kind=kind,
            reason=type(wrong).__name__,
        )
    partner.refresh_from_db()
    return outcome


def receive_letters_of_file(*, content: bytes, by: Person | None, at: datetime) -> Counter[str]:
    """Take in every letter of a file from a stick, in its order. Answers how many had which outcome.

    A letter of somebody else's pairing is refused by itself; the rest is taken. Raises ``LetterUnreadable`` for what is
    no file of letters, and the last refusal when no letter could be taken. ``by`` nobody: the operator.
    """
    if by is not None and not holds_any_permission(by, PAIR, at=at):
        raise NotAllowed
    letters = letters_in_file(content)
    if letters is None or len(letters) > MOST_LETTERS:
        raise refusals.LetterUnreadable
    outcomes: Counter[str] = Counter()
    refused: refusals.LetterRefused | None = None
    for letter in letters:
        try:
            outcomes[receive_partner_letter(content=letter, by=by, at=at, is_live=False)] += 1
        except refusals.LetterRefused as refusal:
            refused = refusal
            outcomes["refused"] += 1
    if refused is not None and len(outcomes) == 1:
        raise refused
    return outcomes
