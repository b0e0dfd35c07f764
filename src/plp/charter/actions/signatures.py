"""Writes of the signature: put the text up, sign in the portal or on paper, complete and seal (R92, R93)."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from plp.charter import refusals
from plp.charter.actions.amendments import SIGNATURE_REQUEST, queue_letter_to_charter_writers
from plp.charter.actions.deeds import (
    copy_clauses_and_assents,
    create_empty_next_deed_version,
    mark_agreed_and_amend_when_complete,
)
from plp.charter.actions.stored_files import (
    freeze_and_start_signing,
    put_in_force_seal_and_mail_members,
    store_file_and_journal_digest,
)
from plp.charter.models import SLOTS, Deed, Signature, StoredFile
from plp.charter.obstacles import obstacles_in_words
from plp.charter.queries import party_represented_by, signing_obstacles, slots_held_by_person, untranslated_texts
from plp.charter.rules import is_turn_to_sign, media_type_of
from plp.charter.states import DEED_MOVES, DeedState
from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.queries import require, require_unless_machine
from plp.partnership.gates import Gate, require_gate
from plp.partnership.translations import TranslatedText
from plp.people.models import Person
from plp.toolbox.clock import local
from plp.toolbox.moves import WrongState, move

PROOF_LASTS = timedelta(minutes=5)
SCAN_LIMIT_MB = 2


def freeze_and_mail_for_signature(
    *, deed: Deed, order: Sequence[str], by: Person | None, at: datetime, may_be_untranslated: bool = False
) -> None:
    """Freeze the agreed charter with its annexes and ask the four to sign it.

    The text becomes a PDF per language that is kept byte for byte, together with the letters or not at all. Raises
    ``CharterIncomplete`` while something of R92 is missing, ``TextsUntranslated`` while a text lacks in a language of
    the charter unless it ``may_be_untranslated``, which the journal keeps; ``WrongState`` when somebody was first.
    """
    require_unless_machine(by, Permission.CHARTER_WRITE, deed.partnership.area, at=at)
    require_gate(deed.partnership, Gate.SCREENING, by=by, at=at)
    deed = Deed.objects.select_related("partnership__area").get(pk=deed.pk)
    missing = signing_obstacles(deed)
    if missing:
        raise refusals.CharterIncomplete(missing=obstacles_in_words(missing))
    if deed.state != DeedState.AGREED:
        raise WrongState
    untranslated = untranslated_texts(deed.partnership, deed.languages)
    if untranslated and not may_be_untranslated:
        raise refusals.TextsUntranslated
    with freeze_and_start_signing(
        deed, [slot for slot in order if slot in {role.value for role in SLOTS}], by=by, at=at
    ):
        if untranslated:
            area = deed.partnership.area.path
            note(verb="charter.untranslated", by=by, at=at, area=area, target=deed, texts=len(untranslated))
        queue_letter_to_charter_writers(SIGNATURE_REQUEST, deed.partnership, by=by, at=at)


@transaction.atomic
def sign_charter(
    *,
    deed: Deed,
    slot: str,
    quality: TranslatedText | str,
    fingerprint: str,
    proven_at: datetime | None,
    by: Person,
    at: datetime,
) -> None:
    """Sign in the portal, in the quality one holds, the very text one read.

    ``fingerprint`` is that of the frozen text as it was shown; ``proven_at`` is at most five minutes old. The last of
    the four puts the charter in force. Raises ``NotYourOffice``, ``CharterProofMissing``, ``OtherTextThanRead``,
    ``NotYourTurnToSign``, ``CharterAlreadySigned``.
    """
    require(by, Permission.CHARTER_SIGN, deed.partnership.area, at=at)
    require_gate(deed.partnership, Gate.SCREENING, by=by, at=at)
    deed = _lock_deed(deed)
    if slot not in [role.value for role in slots_held_by_person(by, deed, at=at)]:
        raise refusals.NotYourOffice
    if proven_at is None or not timedelta(0) <= at - proven_at <= PROOF_LASTS:
        raise refusals.CharterProofMissing
    if fingerprint != deed.fingerprint:
        raise refusals.OtherTextThanRead
    _require_turn(deed, slot)
    _save_signature_and_complete(
        deed, slot, way="portal", name=by.name, quality=quality, on=local(at).date(), by=by, at=at, proven_at=proven_at
    )


@transaction.atomic
def note_signature_on_paper(
    *,
    deed: Deed,
    slot: str,
    name: str,
    quality: TranslatedText | str,
    signed_on: date,
    content: bytes,
    by: Person,
    at: datetime,
) -> None:
    """Record a signature given on paper, with its scan; ``by`` is the witness, a partner who holds another office.

    Raises ``ScanMissing``, ``TooLargeScan``, ``BadScan`` (judged by content), ``BadSigningDate``, ``OwnWitness``,
    ``NotYourTurnToSign``.
    """
    require(by, Permission.CHARTER_WRITE, deed.partnership.area, at=at)
    require_gate(deed.partnership, Gate.SCREENING, by=by, at=at)
    deed = _lock_deed(deed)
    media = _scan_media_type(content)
    frozen_on = local(deed.frozen_at).date() if deed.frozen_at else None
    if frozen_on is None or not frozen_on <= signed_on <= local(at).date():
        raise refusals.BadSigningDate
    if (
        slot in [role.value for role in slots_held_by_person(by, deed, at=at)]
        or party_represented_by(by, deed.partnership, at=at) is None
    ):
        raise refusals.OwnWitness
    _require_turn(deed, slot)
    scan = store_file_and_journal_digest(deed, StoredFile.Kind.SCAN, content, media=media, by=by, at=at)
    _save_signature_and_complete(
        deed, slot, way="scan", name=name.strip(), quality=quality, on=signed_on, by=None, witness=by, scan=scan, at=at
    )


def _scan_media_type(content: bytes) -> str:
    """The type of a scan that may be kept, by its bytes. Raises ``ScanMissing``, ``TooLargeScan``, ``BadScan``."""
    if not content:
        raise refusals.ScanMissing
    if len(content) > SCAN_LIMIT_MB * 1_000_000:
        raise refusals.TooLargeScan(limit=SCAN_LIMIT_MB)
    media = media_type_of(content)
    if media is None:
        raise refusals.BadScan
    return media


def _lock_deed(deed: Deed) -> Deed:
    """The deed, held until the end of the transaction: two people who sign at once do so one after the other."""
    return Deed.objects.select_for_update(of=("self",)).select_related("partnership__area").get(pk=deed.pk)


def _require_turn(deed: Deed, slot: str) -> None:
    """Refuse a second signature, one out of turn, and one on a text that is not up."""
    signed = set(deed.signatures.values_list("slot", flat=True))
    if slot in signed:
        raise refusals.CharterAlreadySigned
    if deed.state != DeedState.SIGNING:
        raise WrongState
    if not is_turn_to_sign(slot, order=deed.order, signed=signed):
        raise refusals.NotYourTurnToSign


def _save_signature_and_complete(
    deed: Deed,
    slot: str,
    *,
    way: str,
    name: str,
    quality: TranslatedText | str,
    on: date,
    by: Person | None,
    at: datetime,
    witness: Person | None = None,
    scan: StoredFile | None = None,
    proven_at: datetime | None = None,
) -> None:
    """One row; with the fourth the charter is complete."""
    signature = Signature(deed=deed, slot=slot, way=way, name=name, signed_on=on, fingerprint=deed.fingerprint)
    if isinstance(quality, TranslatedText):
        signature.set_text("quality", quality)
    else:
        signature.quality = quality.strip()
    signature.person, signature.witness, signature.scan = by, witness, scan
    signature.proven_at, signature.recorded_at = proven_at, at
    try:
        with transaction.atomic():
            signature.save(force_insert=True)
    except IntegrityError as second:
        raise refusals.CharterAlreadySigned from second
    area = deed.partnership.area.path
    told = {"slot": slot, "way": way, "fingerprint": deed.fingerprint}
    note(verb="charter.signed", by=by or witness, at=at, area=area, target=signature, **told)
    if deed.signatures.count() == len(SLOTS):
        put_in_force_seal_and_mail_members(deed, by=by or witness, at=at)


@transaction.atomic
def recall_from_signature_to_draft(*, deed: Deed, by: Person, at: datetime) -> Deed:
    """Take a text back from signature because it must change. Answers the version to work on.

    Nobody signed yet: the same version is open again. Somebody signed: that version stays as it was, replaced by the
    next one, with the same clauses. Raises ``WrongState`` when it is not up for signature.
    """
    require(by, Permission.CHARTER_WRITE, deed.partnership.area, at=at)
    deed = _lock_deed(deed)
    if deed.state != DeedState.SIGNING:
        raise WrongState
    path = deed.partnership.area.path
    note(verb="charter.recalled", by=by, at=at, area=path, target=deed, signatures=deed.signatures.count())
    if deed.rules and deed.rules.state == DeedState.SIGNING:
        move(deed.rules, DeedState.AGREED, table=DEED_MOVES)
    if not deed.signatures.exists():
        move(deed, DeedState.AGREED, table=DEED_MOVES)
        return deed
    move(deed, DeedState.SUPERSEDED, table=DEED_MOVES)
    new = create_empty_next_deed_version(deed.partnership, deed.kind, deed.circular_on, by=by, at=at)
    copy_clauses_and_assents(deed, new, at=at)
    mark_agreed_and_amend_when_complete(new, by=by, at=at)
    return new
