"""No paper mixes languages: each free text is a mark of its language, and every paper is looked through for others.

Built as blocks and read as HTML: nothing is printed.
"""

import re
from collections.abc import Iterator

import pytest

from plp import documents
from plp.charter import papers as charter_papers
from plp.charter.actions import draft_next_deed_version
from plp.charter.models import Contact, CostLine, Deed, FinancingPlan, Signature
from plp.documents import Document
from plp.documents.foreign_text import IN_LANGUAGE
from plp.evaluation.handover import handover_paper
from plp.evening import papers as evening_papers
from plp.evening.minutes import draft_minutes_markdown
from plp.evening.models import AgendaPoint, Decision, Meeting
from plp.launch.documents import files
from plp.launch.documents.placeholder_values import gather_partnership_data, values_of_all_placeholders
from plp.launch.documents.register import ENTRIES
from plp.launch.documents.room_documents import ROOM_DOCUMENTS
from plp.launch.models import Stakeholder
from plp.launch.queries.texts import newest_wordings_for_partnership, standard_document_text
from plp.partnership.models import Partnership, Statement
from plp.partnership.translations import TranslatedRow, TranslatedText
from tests.factories.cast import NOW
from tests.launch.complete import complete

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]  # what papers say
SPOKEN = ["fr", "nl", "de"]
MARK = re.compile(r"(?:<span lang=\"(\w\w)\">)?mark-\w+-(fr|nl|de)-end(?:</span>)?( \([^)]+\))?")
TEXTS: list[tuple[type[TranslatedRow], tuple[str, ...]]] = [
    (Statement, ("text",)),
    (Meeting, ("access",)),
    (AgendaPoint, ("title", "record")),
    (Decision, ("words",)),
    (Contact, ("organisation",)),
    (FinancingPlan, ("alternative", "insured", "uninsured_because")),
    (CostLine, ("what",)),
    (Stakeholder, ("concern", "proof")),
]


def marked(partnership: Partnership, sisters: list[str]) -> None:
    """Give each free text its mark, in French and in ``sisters``."""
    for model, names in TEXTS:
        for row in model._default_manager.all():
            for name in names:
                put_mark(row, name, sisters)
            row.save()


def put_mark(row: TranslatedRow, name: str, sisters: list[str]) -> None:
    """Let a text of a row be its mark, in French and in ``sisters``."""
    words = {code: f"mark-{name}-{code}-end" for code in ("fr", *sisters)}
    row.set_text(name, TranslatedText(words["fr"], "fr", words))


def founded(kind: str, sisters: list[str]) -> Partnership:
    """A partnership of ``kind`` about which everything is known, its texts marked."""
    partnership = complete(kind)
    Partnership.objects.filter(pk=partnership.pk).update(languages=SPOKEN)
    partnership.refresh_from_db()
    meeting = Meeting.objects.get(partnership=partnership)
    Meeting.objects.filter(pk=meeting.pk).update(languages=SPOKEN)
    details = {"about": "organisation", "words": "x", "owner": "Anne Exemple", "due": NOW.date()}
    Decision.objects.create(meeting=meeting, **details)
    by_letter = {"told_on": NOW.date(), "means": "letter", "proof": "Reçu", "at": NOW}
    Stakeholder.objects.create(partnership=partnership, who="École", concern="Parents", **by_letter)
    marked(partnership, sisters)
    Deed.objects.all().delete()
    for deed_kind in Deed.Kind.values:
        draft_next_deed_version(partnership=partnership, kind=deed_kind, by=None, at=NOW)
    signature = Signature(deed=Deed.objects.get(kind="charter"), slot="chief", way="portal", name="Carl Muster")
    signature.signed_on, signature.proven_at, signature.recorded_at = NOW.date(), NOW, NOW
    put_mark(signature, "quality", sisters)
    signature.save()
    return partnership


def papers(partnership: Partnership, language: str) -> Iterator[tuple[str, Document]]:
    """Every paper of ``partnership`` in ``language``, by its name."""
    data = gather_partnership_data(partnership, at=NOW)
    values = values_of_all_placeholders(data, language)
    for entry in ENTRIES:
        yield (
            entry.key,
            files.compose_pack_document(entry, standard_document_text(entry, language), data, values, language),
        )
    deeds = {deed.kind: deed for deed in Deed.objects.filter(partnership=partnership)}
    yield "charter", charter_papers.charter_paper(deeds["charter"], language)
    yield "rules", charter_papers.rules_paper(deeds["rules"], language)
    yield "record", charter_papers.signature_record_paper(deeds["charter"], language)
    yield "financing", charter_papers.financing_paper(FinancingPlan.objects.get(), language)
    yield "handover", handover_paper(partnership, language, at=NOW)


def evening_texts(
    partnership: Partnership, language: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[str, str]]:
    """The kit and the minutes of the evening, held in one language."""
    monkeypatch.setattr(evening_papers, "pdf", lambda document, **_options: documents.document_html(document).encode())
    meeting = Meeting.objects.get(partnership=partnership)
    yield "minutes", draft_minutes_markdown(meeting, language)
    meeting.languages = [language]  # ballots and forms of the kit are in each language of the meeting
    yield "kit", evening_papers.evening_kit_pdf(meeting, ["x" * 12], language=language, at=NOW).decode()


@pytest.mark.parametrize("kind", ["plp", "plp_i", "sectoral"])
def test_no_paper_holds_a_word_of_another_language(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    partnership = founded(kind, ["nl", "de"])
    foreign, seen = [], set()

    for language in SPOKEN:
        texts = [(name, documents.document_html(paper)) for name, paper in papers(partnership, language)]
        for name, text in [*texts, *evening_texts(partnership, language, monkeypatch)]:
            marks = [match[2] for match in MARK.finditer(text)]
            seen |= {name} if marks else set()
            foreign += [(name, language, mark) for mark in marks if mark != language]

    assert foreign == []
    assert {"charter", "record", "financing", "handover", "kit", "minutes"} <= seen
    assert {"letter_mayor", "letter_prosecutor", "invitation", "slides"} & seen
    assert "stakeholder_list" in seen


def test_where_a_language_is_missing_each_paper_names_the_one_it_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    partnership = founded("plp", [])
    unnamed, unmarked = [], set()

    for language, note in (("nl", " (in het Frans)"), ("de", " (auf Französisch)")):
        texts = [(name, documents.document_html(paper)) for name, paper in papers(partnership, language)]
        for name, text in [*texts, *evening_texts(partnership, language, monkeypatch)]:
            found_marks = list(MARK.finditer(text))
            unnamed += [(name, language) for match in found_marks if match[3] != note]
            unmarked |= {name for match in found_marks if match[1] != "fr"}

    assert unnamed == []
    assert unmarked.isdisjoint({"charter", "contacts", "financing", "letter_mayor", "handover", "invitation"})
    assert set(IN_LANGUAGE) == {"fr", "nl", "de", "en"}


@pytest.mark.parametrize(("asked", "written"), [("fr", "fr"), ("nl", "fr")])
def test_a_charter_stands_whole_in_a_language_that_it_is_written_in(asked: str, written: str) -> None:
    partnership = complete()
    charter = next(entry for entry in ROOM_DOCUMENTS if entry.key == "charter")

    paper = charter.make(partnership, asked)

    assert paper is not None
    assert paper.language == written


def test_a_paper_that_exists_in_another_language_alone_says_so_in_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    partnership = complete()
    monkeypatch.setattr(files, "ENTRIES", ())

    pack = files.every_pack_document_in_every_form(
        gather_partnership_data(partnership, at=NOW), newest_wordings_for_partnership(partnership), "nl", at=NOW
    )

    names = {file.name.rpartition("/")[2] for file in pack}
    assert "lokaal-charter-fr.pdf" in names
