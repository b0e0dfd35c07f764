"""A free vote is read in every language of the meeting; where nobody translated it, every page and paper says so."""

import io
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils.translation import override
from pypdf import PdfReader

from plp.evening import actions as evening
from plp.evening.minutes import draft_minutes_markdown
from plp.evening.models import Meeting, Question
from plp.evening.papers import ballots_pdf
from plp.evening.rules import VoteCounts
from plp.launch.documents.form_values import gather_form_data, values_of_form_placeholders
from tests.portal.evening.stage import Stage, opened

pytestmark = pytest.mark.django_db
FRENCH, DUTCH = "Voulez-vous deux fêtes par an ?", "Wilt u twee feesten per jaar?"
MARKED = f"{FRENCH} (in het Frans)"


def asked(client: Client, stage: Stage, meeting: Meeting, **others: str) -> Question:
    """A free vote typed in French on its page, and opened."""
    sent = {"kind": "free", "label": FRENCH, "label_language": "fr", "quorum": "0"}
    client.post(stage.url(meeting, "votes/"), sent | {f"label_{code}": words for code, words in others.items()})
    question = Question.objects.get(kind="free")
    evening.open_vote(question=question, by=None, at=datetime.now(UTC))
    return question


def read_by(language: str, meeting: Meeting) -> tuple[str, str]:
    """The ballot on a telephone in one language, and the screen of the room."""
    reader = Client(headers={"accept-language": language})
    return (
        reader.get(f"/evening/p/{meeting.token}/vote/").text,
        reader.get(f"/evening/p/{meeting.token}/screen/").text,
    )


def printed_ballots(meeting: Meeting) -> str:
    """The words of the ballots."""
    made = ballots_pdf(meeting, ["ABCDEFGHK"], language="fr", at=datetime.now(UTC))
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages).split())


def closed_record(stage: Stage, question: Question, language: str) -> list[str]:
    """Close the vote with hands; the row of the record of the votes in one language."""
    if question.state != "closed":
        evening.enter_show_of_hands(question=question, counts=VoteCounts(7, 1, 1), by=None, at=datetime.now(UTC))
        question = evening.close_vote_and_record_candidate_result(question=question, by=None, at=datetime.now(UTC))
    with override(language):
        data = gather_form_data(stage.partnership, question.meeting)
        (row,) = values_of_form_placeholders(stage.partnership, data, [], None, language)["votes_on_questions"].rows
    return [str(cell) for cell in row[:4]]


def test_a_free_vote_is_read_by_everybody_in_their_language(client: Client, stage: Stage) -> None:
    meeting = opened(stage)
    question = asked(client, stage, meeting, nl=DUTCH)

    telephone, screen = read_by("nl", meeting)

    assert DUTCH in telephone
    assert FRENCH not in telephone
    assert (FRENCH in screen, DUTCH in screen, "in het Frans" in screen) == (True, True, False)
    assert f"{FRENCH} / {DUTCH}" in printed_ballots(meeting)
    assert closed_record(stage, question, "nl") == [DUTCH, "7", "1", "1"]
    assert [words in draft_minutes_markdown(meeting, code) for code, words in (("fr", FRENCH), ("nl", DUTCH))] == [
        True,
        True,
    ]


def test_a_free_vote_that_nobody_translated_says_in_which_language_it_is(client: Client, stage: Stage) -> None:
    meeting = opened(stage)
    sent = {"kind": "free", "label": FRENCH, "label_language": "fr", "quorum": "0"}
    told = client.post(stage.url(meeting, "votes/"), sent, follow=True).text
    question = Question.objects.get(kind="free")
    evening.open_vote(question=question, by=None, at=datetime.now(UTC))

    telephone, screen = read_by("nl", meeting)

    assert "These words are not said in: Dutch." in told
    assert MARKED in telephone
    assert MARKED in screen
    assert f"{FRENCH} / (in het Frans)" in printed_ballots(meeting)
    assert closed_record(stage, question, "nl")[0] == MARKED
    assert MARKED in draft_minutes_markdown(meeting, "nl")
    assert "(en français)" not in draft_minutes_markdown(meeting, "fr")


def test_each_language_of_a_free_vote_passes_the_check(client: Client, stage: Stage) -> None:
    meeting = opened(stage)

    page = client.post(
        stage.url(meeting, "votes/"),
        {"kind": "free", "label": FRENCH, "label_language": "fr", "label_nl": "Volg de Marokkaan", "quorum": "0"},
    )

    assert list(page.context["form"].errors) == ["label"]
    assert not Question.objects.filter(kind="free").exists()


def test_the_screen_of_the_room_greets_with_the_name_of_the_quarter_in_each_language(stage: Stage) -> None:
    area = stage.partnership.area
    area.name_fr, area.name_nl = "Cortenbach", "Kortenbach"
    area.save()
    meeting = opened(stage)

    screen = Client().get(f"/evening/p/{meeting.token}/screen/").text

    assert ['<p class="room-small">Cortenbach</p>' in screen, '<p class="room-small">Kortenbach</p>' in screen] == [
        True
    ] * 2
