"""Letters on their way: numbered in the transaction that makes them, sealed at each try, kept until they are there."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef

from plp.delivery.rules import retry_pause
from plp.exchange.field_readers import VERSION
from plp.exchange.letter_format import letter_file, sealed_letter
from plp.exchange.models import OutgoingLetter, OwnKey, PartnerInstallation
from plp.exchange.queries import PAIR, letters_not_taken_by_partner
from plp.exchange.rules import KEPT, OLD_KEYS_KEPT
from plp.exchange.states import LetterKind, PartnerState
from plp.journal.actions import note
from plp.mandates.queries import require_unless_machine
from plp.people.models import Person

LEASE = timedelta(minutes=2)  # for which the letters of a partner are in one worker's hands
AT_ONCE = 20  # partners, and letters of each
IN_ONE_FILE = 500


@dataclass(frozen=True)
class PostOutcome:
    """How far a try got: the letters that were taken, and why the next one was not, if there was one."""

    partner: UUID
    taken: tuple[int, ...] = ()  # their numbers
    reason: str = ""
    is_ended: bool = False  # the other side takes no more


def queue_letter(
    partner: PartnerInstallation, kind: LetterKind, content: dict[str, Any], *, by: Person | None, at: datetime
) -> OutgoingLetter:
    """One more letter for a partner, with the next number; inside the transaction of what it tells."""
    locked = PartnerInstallation.objects.select_for_update().get(pk=partner.pk)
    number = locked.sent + 1
    PartnerInstallation.objects.filter(pk=partner.pk).update(sent=number, due_at=at)
    partner.sent, partner.due_at = number, at
    letter = OutgoingLetter.objects.create(
        partner=partner, own_key_id=locked.own_key_id, number=number, kind=kind, content=content, made_at=at
    )
    note(verb="exchange.letter_queued", by=by, at=at, area=partner.area.path, target=partner, kind=kind)
    return letter


def seal_letter(letter: OutgoingLetter, *, at: datetime) -> bytes:
    """A letter as it leaves now: signed by the key that the partner knows at that number, encrypted to theirs."""
    partner = letter.partner
    body = {
        "version": VERSION,
        "number": letter.number,
        "seen": partner.received,
        "sent_at": at.isoformat(timespec="seconds"),
        "kind": letter.kind,
        "content": letter.content,
    }
    return sealed_letter(partner.pk, body, signing_secret=letter.own_key.signing_secret, recipient=partner.recipient)


@transaction.atomic
def lease_partners_with_due_letters(*, at: datetime) -> list[PartnerInstallation]:
    """Partners with letters that are due by HTTPS, in this worker's hands for a while."""
    waiting = OutgoingLetter.objects.filter(partner=OuterRef("pk"), taken_at=None)
    due = PartnerInstallation.objects.filter(Exists(waiting), due_at__lte=at).exclude(origin="").exclude(recipient="")
    ids = list(due.select_for_update(skip_locked=True).order_by("due_at").values_list("pk", flat=True)[:AT_ONCE])
    PartnerInstallation.objects.filter(pk__in=ids).update(due_at=at + LEASE, tries=F("tries") + 1)
    return list(PartnerInstallation.objects.filter(pk__in=ids).order_by("made_at"))


@transaction.atomic
def record_post_outcomes(*, outcomes: Iterable[PostOutcome], at: datetime) -> None:
    """Write down how far each try got. What was not taken is tried again, however long the partner is down."""
    for outcome in outcomes:
        partner = PartnerInstallation.objects.select_for_update(of=("self",)).filter(pk=outcome.partner).first()
        if partner is None:
            continue
        partner.letters.filter(number__in=outcome.taken, taken_at=None).update(taken_at=at)
        if outcome.is_ended and partner.state != PartnerState.ENDED:
            record_end_and_delete_waiting_letters(partner, by=None, at=at)
        partner.tries = partner.tries if outcome.reason else 0
        partner.reason = outcome.reason[:60]
        pause = retry_pause(max(partner.tries, 1), urgent=False, random_share=secrets.randbelow(1000) / 1000)
        partner.due_at = at + pause if outcome.reason else at
        partner.save(update_fields=["tries", "reason", "due_at"])


def record_end_and_delete_waiting_letters(partner: PartnerInstallation, *, by: Person | None, at: datetime) -> None:
    """Take and send nothing any more: the other side said so."""
    partner.state, partner.ended_at = PartnerState.ENDED, at
    partner.save(update_fields=["state", "ended_at"])
    partner.letters.filter(taken_at=None).delete()
    note(verb="exchange.ended", by=by, at=at, area=partner.area.path, target=partner)


@transaction.atomic
def export_letters(*, partner: PartnerInstallation, by: Person | None, at: datetime) -> bytes:
    """A file for a stick with every letter that the partner does not have: a second file holds them again.

    ``by`` nobody is the operator. Raises ``NotAllowed``.
    """
    require_unless_machine(by, PAIR, partner.area, at=at)
    due = letters_not_taken_by_partner(partner)[:IN_ONE_FILE] if partner.recipient else ()
    letters = [seal_letter(letter, at=at) for letter in due]
    note(verb="exchange.exported", by=by, at=at, area=partner.area.path, target=partner, letters=len(letters))
    return letter_file(letters)


def retry_letters_now(*, at: datetime) -> int:
    """Let every letter that waits be tried at once. Answers for how many partners."""
    waiting = OutgoingLetter.objects.filter(partner=OuterRef("pk"), taken_at=None)
    return PartnerInstallation.objects.filter(Exists(waiting)).exclude(origin="").update(due_at=at, tries=0)


def delete_old_letters(*, at: datetime) -> int:
    """Delete the letters that partners have had for a while."""
    return OutgoingLetter.objects.filter(taken_at__lte=at - KEPT).delete()[0]


def delete_retired_keys(*, at: datetime) -> int:
    """Destroy keys that were replaced a month ago and that no partner knows as ours any more."""
    old = OwnKey.objects.filter(retired_at__lte=at - OLD_KEYS_KEPT)
    old = old.exclude(pk__in=PartnerInstallation.objects.values("own_key"))
    keys = old.exclude(pk__in=OutgoingLetter.objects.values("own_key"))
    return keys.delete()[0]
