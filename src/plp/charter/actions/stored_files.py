"""Freezing, keeping and sealing the text: what signing does behind the page."""

import base64
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from plp.charter.actions.acceptance import mail_members_to_accept_rules
from plp.charter.actions.amendments import raise_and_mail_amendment
from plp.charter.models import Amendment, Deed, StoredFile
from plp.charter.papers import charter_paper, signature_record_paper
from plp.charter.queries import (
    contacts_of_partners,
    financing_plan_in_force,
    frozen_files,
    plan_in_force_now,
    rules_for_next_signature,
    signing_obstacles,
    stored_bytes,
)
from plp.charter.queries.files import STORED
from plp.charter.queries.partners import digest_of_contacts
from plp.charter.seal import seal_pdf
from plp.charter.states import DEED_MOVES, DeedState
from plp.documents import Document, PrintOrder, pdfs
from plp.journal.actions import note
from plp.people.models import Person
from plp.toolbox.moves import WrongState, move

SUFFIXES = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}


@contextmanager
def freeze_and_start_signing(deed: Deed, order: Sequence[str], *, by: Person | None, at: datetime) -> Iterator[None]:
    """Set the text, then keep it in one transaction with what is done within. Raises ``WrongState`` if it changed."""
    deed.order = list(order)
    papers = _papers_to_freeze(deed)
    prints = [PrintOrder(paper, footer=paper.title, saves_page=True) for paper in papers]
    contents = pdfs(prints, at=at)
    with transaction.atomic():
        fresh = Deed.objects.select_for_update(of=("self",)).select_related("partnership__area").get(pk=deed.pk)
        fresh.order = list(order)
        if signing_obstacles(fresh) or _papers_to_freeze(fresh) != papers:
            raise WrongState
        rules = rules_for_next_signature(fresh.partnership)
        move(
            fresh,
            DeedState.SIGNING,
            table=DEED_MOVES,
            frozen_at=at,
            order=list(order),
            plan=plan_in_force_now(fresh.partnership),
            financing=financing_plan_in_force(fresh.partnership),
            rules=rules,
            contacts_digest=digest_of_contacts(contacts_of_partners(fresh.partnership)),
            fingerprint=_digest_of_files(contents),
        )
        if rules is not None and rules.state == DeedState.AGREED:
            move(rules, DeedState.SIGNING, table=DEED_MOVES, frozen_at=at)
        for language, content in zip(fresh.languages, contents, strict=True):
            store_file_and_journal_digest(
                fresh, StoredFile.Kind.FROZEN, content, media="application/pdf", language=language, by=by, at=at
            )
        area = fresh.partnership.area.path
        note(verb="charter.put_up", by=by, at=at, area=area, target=fresh, fingerprint=fresh.fingerprint)
        yield


def _papers_to_freeze(deed: Deed) -> list[Document]:
    return [charter_paper(deed, language) for language in deed.languages]


def _digest_of_files(contents: Sequence[bytes]) -> str:
    """Of one file its SHA-256; of several that of theirs, one after the other."""
    digests = [hashlib.sha256(content).hexdigest() for content in contents]
    return digests[0] if len(digests) == 1 else hashlib.sha256("".join(digests).encode()).hexdigest()


def store_file_and_journal_digest(
    deed: Deed, kind: str, content: bytes, *, media: str, by: Person | None, at: datetime, language: str = ""
) -> StoredFile:
    """Keep ``content`` byte for byte; its digest goes into the journal."""
    digest = hashlib.sha256(content).hexdigest()
    file = StoredFile.objects.create(
        deed=deed,
        kind=kind,
        language=language,
        media=media,
        size=len(content),
        sha256=digest,
        content=base64.b64encode(content).decode(),
        stored_at=at,
    )
    note(verb=STORED, by=by, at=at, area=deed.partnership.area.path, target=file, kind=kind, sha256=digest)
    return file


def put_in_force_seal_and_mail_members(deed: Deed, *, by: Person | None, at: datetime) -> None:
    """Put the signed charter and its rules in force, replace the old ones, and seal each language.

    Contact details that changed while it was signed are its first amendment.
    """
    for one in (deed, deed.rules):
        if one is None or one.state != DeedState.SIGNING:
            continue
        for old in Deed.objects.filter(partnership=one.partnership, kind=one.kind, state=DeedState.SIGNED):
            move(old, DeedState.SUPERSEDED, table=DEED_MOVES, in_force_until=at)
        move(one, DeedState.SIGNED, table=DEED_MOVES, signed_at=at)
        note(verb=f"{one.kind}.in_force", by=by, at=at, area=one.partnership.area.path, target=one, version=one.version)
        if one.kind == Deed.Kind.RULES:
            mail_members_to_accept_rules(deed=one, by=by, at=at)
    if digest_of_contacts(contacts_of_partners(deed.partnership)) != deed.contacts_digest:
        raise_and_mail_amendment(partnership=deed.partnership, cause=Amendment.Cause.CONTACT, by=by, at=at)
    _seal_and_store_each_language(deed, by=by, at=at)


def _seal_and_store_each_language(deed: Deed, *, by: Person | None, at: datetime) -> None:
    """The frozen text of each language with the record of signatures and the scans in it, under the seal."""
    frozen = list(frozen_files(deed))
    records = pdfs([PrintOrder(signature_record_paper(deed, file.language)) for file in frozen], at=at)
    scans = {
        f"scan-{one.slot}.{SUFFIXES[one.scan.media]}": (one.scan.media, stored_bytes(one.scan))
        for one in deed.signatures.exclude(scan=None).select_related("scan")
        if one.scan is not None
    }
    reason = f"PLP {deed.partnership.key} {deed.version} sha256:{deed.fingerprint}"
    for file, record in zip(frozen, records, strict=True):
        attached = {"record.pdf": ("application/pdf", record)} | scans
        store_file_and_journal_digest(
            deed, StoredFile.Kind.RECORD, record, media="application/pdf", language=file.language, by=by, at=at
        )
        sealed = seal_pdf(stored_bytes(file), attached=attached, reason=reason, at=at)
        store_file_and_journal_digest(
            deed, StoredFile.Kind.SEALED, sealed, media="application/pdf", language=file.language, by=by, at=at
        )
