"""The papers of an evening hold what they must, in each language, and every PDF is made."""

import io
import re

import pytest
from django.utils.translation import override
from pypdf import PdfReader

from plp.documents import document_html
from plp.evening import actions as evening
from plp.evening.minutes import draft_minutes_markdown
from plp.evening.models import Meeting, Minutes
from plp.evening.papers import ballots_pdf, evening_kit_pdf, minutes_document, minutes_pdf
from plp.evening.queries import names_of_meeting_opener_and_minutes_writer
from plp.evening.rules import grouped_ballot_code
from plp.evening.sheet import EveningSheet
from plp.evening.sheet_paper import sheet_document
from plp.evening.speaking_notes import speaking_notes
from plp.launch.documents.form_values import gather_form_data, values_of_form_placeholders
from plp.partnership.statements import add_statement
from tests.evening.stage import ENDS, STARTS, held, opened, planned, vote
from tests.factories.cast import NOW, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]  # what papers say


@pytest.fixture
def meeting() -> Meeting:
    return opened(Cast().here.partnership)


def words(made: bytes) -> list[str]:
    """The words of each page, spaces evened."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(made)).pages]


@pytest.mark.parametrize(
    ("language", "law"),
    [("fr", "milices privées"), ("nl", "private milities"), ("de", "Privatmilizen"), ("en", "private militias")],
)
def test_the_first_point_holds_the_fixed_text_of_the_law(meeting: Meeting, language: str, law: str) -> None:
    said = [speaking_notes(point, language, at=STARTS) for point in meeting.points.all()]

    assert law in document_html(said[0])
    assert [law in document_html(document) for document in said[1:]] == [False] * 6


@pytest.mark.parametrize(
    ("language", "residents", "traders"),
    [
        ("fr", "gens du quartier", "commerçants et indépendants"),
        ("nl", "mensen uit de wijk", "handelaars en zelfstandigen"),
        ("de", "Menschen aus dem Viertel", "Geschäftsleuten und Selbstständigen"),
        ("en", "people of the neighbourhood", "traders and self-employed people"),
    ],
)
def test_traders_hear_of_traders(meeting: Meeting, language: str, residents: str, traders: str) -> None:
    said = {}
    for kind in ("plp", "plp_i", "sectoral"):
        meeting.partnership.kind = kind
        point = meeting.points.all()[0]
        point.meeting = meeting
        said[kind] = document_html(speaking_notes(point, language, at=STARTS))

    assert {kind: (residents in words, traders in words) for kind, words in said.items()} == {
        "plp": (True, False), "plp_i": (False, True), "sectoral": (False, False),
    }  # fmt: skip
    assert ":::" not in "".join(said.values())


def test_partners_and_objectives_of_the_quarter_stand_with_their_points() -> None:
    cast = Cast()
    meeting = opened(cast.here.partnership)
    add_statement(
        partnership=cast.here.partnership, party="residents", kind="objective", text="Se *connaître* {mieux}",
        language="fr", by=None, at=NOW,
    )  # fmt: skip
    add_statement(
        partnership=cast.here.partnership, party="police", kind="expectation", text="Un appel au 101.",
        language="fr", by=None, at=NOW,
    )  # fmt: skip
    concept, partners, approval, *_rest = (
        document_html(speaking_notes(point, "en", at=STARTS)) for point in meeting.points.all()
    )

    for words in ("Anne Exemple, mandated police officer", "Clara Haren, coordinator"):
        assert words in partners
    assert "Laeken" not in partners
    assert "Un appel au 101. (in French) (local police)" in concept
    assert "Se *connaître* {mieux} (in French) (residents)" in approval


@pytest.mark.parametrize("language", ["fr", "nl", "de"])
def test_the_kit_holds_every_paper_of_the_evening(meeting: Meeting, language: str) -> None:
    """1 s: a real document is set."""
    vote(meeting, kind="free", label="Un **barbecue** {ici} | là ?")
    codes = evening.create_ballot_codes(meeting=meeting, number=3, by=None, at=STARTS)

    made = " ".join(words(evening_kit_pdf(meeting, codes, language=language, at=STARTS)))

    assert [code for code in codes if grouped_ballot_code(code) not in made] == []
    assert made.count("Un **barbecue** {ici} | là ?") == 3 + 1  # the ballots, the sheet
    assert [f"{number}. " in made for number in range(1, 8)] == [True] * 7


def test_the_kit_speaks_each_language_of_the_meeting_in_its_agenda_and_its_foot(meeting: Meeting) -> None:
    """1 s: a real document is set."""
    pages = words(evening_kit_pdf(meeting, [], language="fr", at=STARTS))

    agendas = [page for page in pages if page.startswith(("Ordre du jour", "Agenda"))]
    assert [page.split(" ")[0] for page in agendas] == ["Ordre", "Agenda"]
    feet = [page.rpartition("Haren, ")[2].split(" ")[0] for page in pages]
    assert feet == [*["mercredi"] * 2, *["woensdag"] * 2, *["mercredi"] * 4, *["woensdag"] * 2]


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_forms_and_ballots_of_the_kit_come_in_the_language_of_the_kit_first(meeting: Meeting, language: str) -> None:
    """1 s: a real document is set."""
    vote(meeting)
    codes = evening.create_ballot_codes(meeting=meeting, number=1, by=None, at=STARTS)

    pages = words(evening_kit_pdf(meeting, codes, language=language, at=STARTS))

    lists = [page.split(" ")[0] for page in pages if page.startswith(("Qui est là", "Wie is hier"))]
    assert lists == {"fr": ["Qui", "Wie"], "nl": ["Wie", "Qui"]}[language]
    assert {"fr": "Oui / Ja", "nl": "Ja / Oui"}[language] in pages[-1]


@pytest.mark.parametrize("languages", [("fr", "nl"), ("de", "fr")])
def test_no_form_of_the_kit_runs_over_to_a_page_of_its_own(languages: tuple[str, ...]) -> None:
    """1 s: a real document is set."""
    meeting = opened(Cast().here.partnership, languages=languages)

    pages = words(evening_kit_pdf(meeting, [], language=languages[0], at=STARTS))

    lengths = [len(page.split(" / Haren, ")[0]) for page in pages]
    assert min(lengths) > 200, lengths


@pytest.mark.parametrize(
    ("language", "rule", "contradiction"),
    [
        ("fr", "Votez une seule fois", "à la fois"),
        ("nl", "Stem één keer", "beide manieren"),
        ("de", "Stimmen Sie einmal ab", "beide Arten"),
        ("en", "Vote once", "both ways"),
    ],
)
def test_a_ballot_says_one_thing_and_is_cut_from_the_next(language: str, rule: str, contradiction: str) -> None:
    meeting = opened(Cast().here.partnership, languages=(language,))
    vote(meeting)
    codes = evening.create_ballot_codes(meeting=meeting, number=3, by=None, at=STARTS)

    pages = words(ballots_pdf(meeting, codes, language="fr", at=STARTS))

    assert (rule in pages[0], contradiction in pages[0]) == (True, False)
    ballots = sum(page.count(rule) for page in pages)
    assert sum(page.count("— ✂ —") for page in pages) == ballots - len(pages)
    assert sum(page.count("- ✂ -") for page in pages) == ballots


def test_a_kit_without_codes_has_no_ballots() -> None:
    meeting = planned(Cast().here.partnership, purpose="members")

    made = " ".join(words(evening_kit_pdf(meeting, [], language="fr", at=STARTS)))

    assert "Haren" in made
    assert "vote/" not in made


def test_the_sheet_of_a_meeting_of_members_has_votes_only_where_some_were_prepared() -> None:
    meeting = planned(Cast().here.partnership, purpose="members")

    without = document_html(sheet_document(meeting, "en"))
    evening.prepare_question(meeting=meeting, kind="free", label="A barbecue?", by=None, at=STARTS)
    voting = document_html(sheet_document(meeting, "en"))

    assert re.findall(r"\d\. (?:Votes|Who wants to help|Opinions)", without) == [
        "3. Votes",  # on people who stood
        "4. Who wants to help",
        "7. Opinions",
    ]
    assert "3. Votes on people who stood at the evening" in without
    assert re.findall(r"\d\. (?:Votes|Who wants to help|Opinions)", voting) == [
        "3. Votes",
        "4. Who wants to help",
        "7. Opinions",
    ]
    assert [words for words in ("Day of the launch", "Contribution", "Registration forms") if words in voting] == []


def test_the_minutes_of_a_meeting_of_members_say_nothing_of_votes_that_nobody_held() -> None:
    meeting = held(Cast().here.partnership, purpose="members")

    sections = re.findall("(?m)^## (.+)$", draft_minutes_markdown(meeting, "en"))

    assert sections == ["What was discussed", "Agreements", "Opinions"]


def test_the_minutes_say_once_which_points_were_discussed_without_a_note() -> None:
    meeting = held(Cast().here.partnership)
    meeting.points.update(record="")
    bare = draft_minutes_markdown(meeting, "fr")
    meeting.points.filter(position=2).update(record="La maire a parlé.")
    noted = draft_minutes_markdown(meeting, "fr")

    with override("fr"):
        titles = [f"- {point.position}. {point.name}" for point in meeting.points.all()]
    assert bare.partition("## Points traités\n\n")[2].partition("\n\n")[0].splitlines() == titles
    rest = "\n".join(title for title in titles if not title.startswith("- 2."))
    assert f"### {titles[1][2:]}\n\nLa maire a parlé.\n\nAussi traités\xa0:\n\n{rest}\n\n" in noted


@pytest.mark.parametrize(
    ("place", "languages", "read"),
    [
        ("Salle communale / Gemeentezaal", ["fr", "nl"], ["Salle communale", "Gemeentezaal"]),
        ("Gemeentezaal / Salle communale", ["nl", "fr"], ["Salle communale", "Gemeentezaal"]),
        ("Salle communale / Gemeentezaal", ["fr"], ["Salle communale / Gemeentezaal"] * 2),
        ("Salle A / B / C", ["fr", "nl"], ["Salle A / B / C"] * 2),
        ("Forum", ["fr", "nl"], ["Forum", "Forum"]),
    ],
)
def test_each_reader_finds_the_hall_by_its_name_in_their_language(place, languages, read):
    meeting = Meeting(place=place, languages=languages)

    assert [meeting.place_in(language) for language in ("fr", "nl")] == read


def test_a_ballot_has_both_languages_and_its_code_once(meeting: Meeting) -> None:
    codes = evening.create_ballot_codes(meeting=meeting, number=5, by=None, at=STARTS)
    vote(meeting)

    made = ballots_pdf(meeting, codes, language="fr", at=STARTS)
    pages = words(made)

    assert len(pages) == 2
    assert "Oui / Ja" in pages[0]
    assert [sum(page.count(grouped_ballot_code(code)) for page in pages) for code in codes] == [1] * 5


@pytest.mark.parametrize("languages", [("fr",), ("fr", "nl"), ("fr", "nl", "de")])
def test_a_code_to_tear_off_stands_on_the_page_of_its_ballot(languages: tuple[str, ...]) -> None:
    """0.2 s: three ballots are set."""
    meeting = opened(Cast().here.partnership, languages=languages)
    codes = evening.create_ballot_codes(meeting=meeting, number=3, by=None, at=STARTS)
    vote(meeting)
    for name in ("Jean-Baptiste d’Œttinger-O’Brien ‘t Kint de Roodenbeke", "Léa Peeters"):
        vote(meeting, kind="person", function="committee", label=name)

    pages = words(ballots_pdf(meeting, codes, language="fr", at=STARTS))

    torn = [sum(page.count(grouped_ballot_code(code)) for code in codes) for page in pages]
    voted = [page.count("Abstention") for page in pages]
    assert (torn, sum(torn)) == (voted, 3)


def test_minutes_are_set_letter_for_letter() -> None:
    meeting = held(Cast().here.partnership)
    evening.write_minutes(meeting=meeting, by=None, at=ENDS)
    minutes = Minutes.objects.get(language="fr")
    evening.correct_minutes(minutes=minutes, text="# Titre {ceci}\n::: only x\n<b>gras</b>", by=None, at=ENDS)

    shown = document_html(minutes_document(minutes))

    assert "{ceci}" in shown
    assert "::: only x" in shown
    assert "&lt;b&gt;gras&lt;/b&gt;" in shown


@pytest.mark.parametrize(("lines", "pages"), [(28, 1), (46, 2)])
def test_boxes_to_sign_stand_alone_on_no_page_of_the_minutes(lines: int, pages: int) -> None:
    meeting = held(Cast().here.partnership)
    evening.write_minutes(meeting=meeting, by=None, at=ENDS)
    minutes = Minutes.objects.get(language="fr")
    minutes.text = "# Compte rendu\n\n" + "\n\n".join(["Ligne."] * lines) + "\n\n## Avis\n\n- Un avis."

    said = words(minutes_pdf(minutes, at=ENDS))

    assert len(said) == pages
    assert "Un avis." in said[-1]
    assert "Signatures" in said[-1]


def led_and_minuted(cast: Cast, *, by_sheet: bool) -> Meeting:
    """A held meeting with minutes, led by the coordinator on the screens or typed by her from paper."""
    meeting, lead = planned(cast.here.partnership), cast.here.coordinator
    evening.publish_meeting(meeting=meeting, by=None, at=NOW)
    if not by_sheet:
        evening.open_meeting_for_presence_and_votes(meeting=meeting, by=lead, at=STARTS)
    positions = [point.position for point in meeting.points.all()]
    sheet = EveningSheet(persons=9, forms=0, language="fr", points=dict.fromkeys(positions, "Dit."))
    evening.enter_sheet_ending_meeting_with_minutes(meeting=meeting, sheet=sheet, by=lead, at=ENDS)
    meeting.refresh_from_db()
    return meeting


@pytest.mark.parametrize(("by_sheet", "chair"), [(False, "Clara Haren"), (True, "")])
def test_minutes_and_record_name_who_led_and_who_wrote_where_it_is_known(by_sheet: bool, chair: str) -> None:
    cast = Cast()
    meeting = led_and_minuted(cast, by_sheet=by_sheet)
    minutes = Minutes.objects.get(meeting=meeting, language="fr")

    hands = names_of_meeting_opener_and_minutes_writer(meeting)
    words = re.sub(r"<[^>]+>|\s+", " ", document_html(minutes_document(minutes)))

    assert (hands.chair, hands.writer) == (chair, "Clara Haren")
    assert words.count("Clara Haren") == (1 if by_sheet else 2)
    with override("nl"):
        data = gather_form_data(cast.here.partnership, meeting)
        values = values_of_form_placeholders(cast.here.partnership, data, [], None, "nl")
    assert values["evening_chair"] == (f"{chair}, handtekening" if chair else "naam, handtekening")
