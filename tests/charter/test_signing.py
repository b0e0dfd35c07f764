"""The charter is signed by four, once each, on the very text; what is signed never changes."""

import io
from collections import Counter
from datetime import date, timedelta

import pikepdf
import pytest
from django.db import DatabaseError, connection, transaction
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from plp.charter import actions as charter
from plp.charter import refusals
from plp.charter.models import Amendment, Clause, Deed, Signature, StoredFile
from plp.charter.papers import charter_paper
from plp.charter.queries import charter_facts, damaged_files, deed_in_force, stored_bytes
from plp.documents import document_html
from plp.journal.models import Entry
from plp.mandates.actions import record_absence_and_ask_deputy
from plp.mandates.models import Mandate
from plp.mandates.queries import NotAllowed
from plp.partnership.translations import TranslatedText
from plp.toolbox.moves import WrongState
from tests.charter import stage as staging
from tests.charter.stage import Stage
from tests.factories.cast import NOW

PDF = b"%PDF-1.7\n" + b"x" * 100 + b"\n%%EOF\n"
pytestmark = pytest.mark.django_db


def on_paper(deed: Deed, stage: Stage, **other: object) -> None:
    given = {"slot": "municipality", "name": "Maud Voorbeeld", "quality": "", "signed_on": NOW.date(), "content": PDF}
    charter.note_signature_on_paper(deed=deed, by=stage.officer, at=NOW, **(given | other))


def test_four_signatures_put_charter_and_rules_in_force(stage: Stage) -> None:
    deed = staging.signed(stage)

    found = charter_facts(stage.partnership)
    assert (deed.state, deed.rules.state, deed.signed_at) == ("signed", "signed", NOW)
    assert set(found.signed_by) == {"municipality", "chief", "officer", "coordinator"}
    assert found.signed_at == NOW
    assert found.amendment_due is False
    assert found.clauses_open == 0
    kinds = Counter(deed.files.values_list("kind", "language"))
    assert kinds == {(kind, language): 1 for kind in ("frozen", "record", "sealed") for language in ("fr", "nl")}


def test_contacts_that_changed_while_it_was_signed_are_an_amendment(stage: Stage) -> None:
    deed = staging.put_up(stage)
    details = {"organisation": "Service", "name": "New", "email": "new@plp.test", "phone": ""}
    charter.set_contact_and_amend_charter(
        partnership=stage.partnership, slot="chief", by=stage.officer, at=NOW, **details
    )
    for slot, who in stage.signers.items():
        staging.sign(deed, slot, who)

    assert [(one.cause, one.deed_id) for one in Amendment.objects.all()] == [("contact", deed.pk)]


def test_the_paper_names_who_signed_in_the_quality_they_gave(stage: Stage) -> None:
    deed = staging.put_up(stage)
    quality = TranslatedText("échevin délégué", "fr", {"nl": "gemachtigd schepen"})
    on_paper(deed, stage, quality=quality, name="Name")

    french, dutch = (document_html(charter_paper(deed, language)) for language in ("fr", "nl"))

    assert (french.count("chevin délégué"), french.count("qui signe à sa place")) == (2, 0)
    assert (dutch.count("emachtigd schepen"), dutch.count("voor de burgemeester tekent")) == (2, 0)


def test_a_contact_who_is_not_whoever_signed_keeps_the_words_of_the_slot(stage: Stage) -> None:
    deed = staging.put_up(stage)
    on_paper(deed, stage, quality="échevin délégué")

    french = document_html(charter_paper(deed, "fr"))

    assert (french.count("chevin délégué"), french.count("qui signe à sa place")) == (1, 1)


def test_the_seal_holds_and_keeps_the_frozen_bytes_first(real_paper: None, stage: Stage) -> None:
    deed = staging.signed(stage)
    frozen, sealed = (stored_bytes(deed.files.get(kind=kind, language="fr")) for kind in ("frozen", "sealed"))

    signature = PdfFileReader(io.BytesIO(sealed)).embedded_signatures[0]
    own = ValidationContext(trust_roots=[signature.signer_cert])
    assert validate_pdf_signature(signature, own).bottom_line
    assert sealed.startswith(frozen)
    with pikepdf.open(io.BytesIO(sealed)) as pdf:
        assert list(pdf.attachments) == ["record.pdf"]
        record = pdf.attachments["record.pdf"].get_file().read_bytes()
    assert record == stored_bytes(deed.files.get(kind="record", language="fr"))


@pytest.mark.parametrize("lacking", ["contacts", "plan", "financing", "rules", "clauses", "circular"])
def test_nothing_is_put_up_without_what_the_circular_asks(stage: Stage, lacking: str) -> None:
    if lacking != "contacts":
        staging.give_contacts(stage)
    if lacking != "financing":
        staging.settled(stage)
    if lacking == "plan":
        stage.here.plan.__class__.objects.filter(pk=stage.here.plan.pk).update(state="superseded")
    if lacking != "rules":
        staging.agreed(stage, "rules")
    deed = staging.agreed(stage) if lacking != "clauses" else staging.drafted(stage)
    if lacking == "circular":
        charter.set_circular_date_and_clauses(deed=deed, circular_on=date(2019, 2, 28), by=stage.officer, at=NOW)
        for side in stage.sides:
            staging.agree_to_all(deed, side)

    with pytest.raises(refusals.CharterIncomplete):
        charter.freeze_and_mail_for_signature(deed=deed, order=[], may_be_untranslated=True, by=stage.officer, at=NOW)

    assert Deed.objects.get(pk=deed.pk).frozen_at is None


@pytest.mark.parametrize(
    ("who", "slot", "change", "refusal"),
    [
        ("mayor", "chief", {}, refusals.NotYourOffice),
        ("mayor", "municipality", {"proven_at": None}, refusals.CharterProofMissing),
        ("mayor", "municipality", {"proven_at": NOW - timedelta(minutes=6)}, refusals.CharterProofMissing),
        ("mayor", "municipality", {"fingerprint": "other"}, refusals.OtherTextThanRead),
        ("foreign_officer", "officer", {}, NotAllowed),
    ],
)
def test_only_the_office_signs_with_fresh_proof(
    stage: Stage, who: str, slot: str, change: dict, refusal: type[Exception]
) -> None:
    deed = staging.put_up(stage)
    given = {"slot": slot, "quality": "", "fingerprint": deed.fingerprint, "proven_at": NOW} | change

    with pytest.raises(refusal):
        charter.sign_charter(deed=deed, by=getattr(stage, who), at=NOW, **given)

    assert not Signature.objects.exists()


@pytest.mark.parametrize("covers", [False, True])
def test_the_deputy_does_not_sign_for_the_coordinator(stage: Stage, covers: bool) -> None:
    deed, chair = staging.put_up(stage), stage.here.coordinator
    if covers:
        mandates = {who: Mandate.objects.get(person=who) for who in (chair, stage.here.deputy)}
        until = NOW + timedelta(days=7)
        record_absence_and_ask_deputy(
            mandate=mandates[chair], deputy=mandates[stage.here.deputy], starts_at=NOW, ends_at=until, by=chair, at=NOW
        )

    with pytest.raises(NotAllowed):
        staging.sign(deed, "coordinator", stage.here.deputy)


def test_the_order_of_the_zone_is_kept(stage: Stage) -> None:
    deed = staging.put_up(stage, ("coordinator", "officer", "chief", "municipality"))

    with pytest.raises(refusals.NotYourTurnToSign):
        staging.sign(deed, "municipality", stage.mayor)
    staging.sign(deed, "coordinator", stage.here.coordinator)
    with pytest.raises(refusals.CharterAlreadySigned):
        staging.sign(deed, "coordinator", stage.here.coordinator)

    assert list(charter_facts(stage.partnership).signed_by) == ["coordinator"]


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"content": b""}, refusals.ScanMissing),
        ({"content": b"MZ" + PDF}, refusals.BadScan),
        ({"content": PDF[:50]}, refusals.BadScan),
        ({"content": PDF + b"x" * 2_000_000}, refusals.TooLargeScan),
        ({"signed_on": NOW.date() - timedelta(days=1)}, refusals.BadSigningDate),
        ({"signed_on": NOW.date() + timedelta(days=1)}, refusals.BadSigningDate),
        ({"slot": "officer"}, refusals.OwnWitness),
    ],
)
def test_a_bad_scan_is_refused(stage: Stage, change: dict, refusal: type[Exception]) -> None:
    deed = staging.put_up(stage)

    with pytest.raises(refusal):
        on_paper(deed, stage, **change)

    assert not StoredFile.objects.filter(kind="scan").exists()


def test_a_signature_on_paper_counts_and_its_scan_goes_under_the_seal(stage: Stage) -> None:
    deed = staging.put_up(stage)
    on_paper(deed, stage)
    for slot in ("chief", "officer", "coordinator"):
        staging.sign(deed, slot, stage.signers[slot])

    signature = Signature.objects.get(slot="municipality")
    assert (signature.way, signature.name, signature.witness, stored_bytes(signature.scan)) == (
        "scan",
        "Maud Voorbeeld",
        stage.officer,
        PDF,
    )
    with pikepdf.open(io.BytesIO(stored_bytes(deed.files.get(kind="sealed", language="nl")))) as pdf:
        assert sorted(pdf.attachments) == ["record.pdf", "scan-municipality.pdf"]


def test_what_is_signed_never_changes(stage: Stage) -> None:
    deed = staging.signed(stage)
    clause, signature, file = deed.clauses.first(), deed.signatures.first(), deed.files.first()
    changes = [
        lambda: Clause.objects.filter(pk=clause.pk).update(texts={}),
        lambda: Clause.objects.filter(pk=clause.pk).delete(),
        lambda: Clause.objects.create(deed=deed, key="own-99", position=99),
        lambda: Deed.objects.filter(pk=deed.pk).update(fingerprint="other"),
        lambda: Deed.objects.filter(pk=deed.pk).update(state="draft"),
        lambda: Signature.objects.filter(pk=signature.pk).update(slot="other"),
        lambda: Signature.objects.filter(pk=signature.pk).delete(),
        lambda: StoredFile.objects.filter(pk=file.pk).update(size=1),
        lambda: StoredFile.objects.filter(pk=file.pk).delete(),
    ]

    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    with pytest.raises(WrongState):
        charter.change_clause_text_and_void_assents(
            clause=clause, texts={"fr": "x", "nl": "y"}, seen=1, by=stage.officer, at=NOW
        )


def test_a_forgotten_signer_leaves_the_name_on_the_deed_alone(stage: Stage) -> None:
    staging.signed(stage)

    Signature.objects.filter(slot="officer").update(person=None)

    assert Signature.objects.get(slot="officer").name == "Anne Exemple"


def test_one_changed_byte_is_reported(stage: Stage) -> None:
    deed = staging.signed(stage)
    file = deed.files.get(kind="sealed", language="fr")
    assert damaged_files() == []
    before = bytes(StoredFile.objects.filter(pk=file.pk).values_list("content", flat=True).get())
    altered = before[:500] + bytes([before[500] ^ 1]) + before[501:]

    with connection.cursor() as cursor:
        on = " ON charter_storedfile" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER charter_file_update{on}")
        key = file.pk if connection.vendor == "postgresql" else file.pk.hex
        cursor.execute("UPDATE charter_storedfile SET content = %s WHERE id = %s", [altered, key])

    assert [(one.file, one.why) for one in damaged_files()] == [(file.pk, "altered")]


def test_the_journal_knows_each_file_and_each_signature(stage: Stage) -> None:
    deed = staging.signed(stage)

    stored = Entry.objects.filter(verb="charter.file_stored").values_list("details", flat=True)
    assert {one["sha256"] for one in stored} == set(deed.files.values_list("sha256", flat=True))
    signed = Entry.objects.filter(verb="charter.signed").values_list("details", flat=True)
    assert {one["fingerprint"] for one in signed} == {deed.fingerprint}


def test_a_text_without_signature_is_open_again(stage: Stage) -> None:
    deed = staging.put_up(stage)

    again = charter.recall_from_signature_to_draft(deed=deed, by=stage.officer, at=NOW)

    assert (again.pk, again.state, again.rules.state) == (deed.pk, "agreed", "agreed")


def test_a_text_with_a_signature_is_replaced_by_the_next_version(stage: Stage) -> None:
    deed = staging.put_up(stage)
    staging.sign(deed, "chief", stage.chief)

    again = charter.recall_from_signature_to_draft(deed=deed, by=stage.officer, at=NOW)

    deed.refresh_from_db()
    assert (deed.state, again.version, again.state, deed_in_force(stage.partnership, "charter", on=NOW)) == (
        "superseded",
        2,
        "agreed",
        None,
    )
