"""The pages of an evening that everybody opens: what, where, when; the ballot; presence, opinions, help."""

from datetime import UTC, datetime
from functools import partial

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from icalendar import Calendar

from plp.evening import actions as evening
from plp.evening import papers
from plp.evening.calendar import meeting_calendar_entry
from plp.evening.models import Meeting, Question
from plp.evening.rules import grouped_ballot_code, normalise_ballot_code
from plp.evening.states import MeetingState
from plp.portal.shell import limits
from tests.portal.evening.stage import Stage, convened, opened, planned, set_stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return set_stage(Client())


def vote_on(meeting: Meeting, codes: int = 3) -> tuple[Question, list[str]]:
    """An open vote, and codes."""
    now = datetime.now(UTC)
    given = evening.create_ballot_codes(meeting=meeting, number=codes, by=None, at=now)
    question = evening.prepare_question(meeting=meeting, kind="approval", by=None, at=now)
    evening.open_vote(question=question, by=None, at=now)
    return question, given


def test_the_page_says_what_where_when_and_how_to_take_part(client: Client, stage: Stage) -> None:
    meeting = convened(stage, access="Two steps", capacity=80)

    page = client.get(f"/evening/p/{meeting.token}/").text

    for words in ("Salle des fêtes, Rue de la Paroisse 12", "Two steps", "The partners", "/p/haren/join/"):
        assert words in page


@pytest.mark.parametrize(
    ("language", "words"),
    [("nl", "Gelijkvloers."), ("de", "Ebenerdig."), ("fr", "De plain-pied.")],
)
def test_how_one_gets_in_is_said_in_the_readers_language(
    client: Client, stage: Stage, language: str, words: str
) -> None:
    said = {"language": "fr", "others": {"nl": "Gelijkvloers.", "de": "Ebenerdig."}}
    meeting = convened(stage, access="De plain-pied.", languages=["fr", "nl"], translations={"access": said})
    client.cookies["language"] = language

    assert f"<dd>{words}</dd>" in client.get(f"/evening/p/{meeting.token}/").text


def test_nothing_is_shown_before_people_are_invited(client: Client, stage: Stage) -> None:
    meeting = planned(stage)

    pages = (
        "",
        "evening.ics",
        "code.svg",
        "vote/",
        "voted/",
        "here/",
        "help/",
        "minutes/fr.pdf",
        "door/x/",
    )
    answers = {client.get(f"/evening/p/{token}/{page}").status_code for token in (meeting.token, "x") for page in pages}

    assert answers == {404}


def test_the_calendar_entry_can_be_read(client: Client, stage: Stage) -> None:
    meeting = convened(stage)

    event = Calendar.from_ical(client.get(f"/evening/p/{meeting.token}/evening.ics").content).walk("VEVENT")[0]

    assert event.decoded("dtstart") == meeting.starts_at.replace(microsecond=0)
    assert str(event["location"]) == "Salle des fêtes, Rue de la Paroisse 12"
    assert str(event["uid"]).startswith(str(meeting.pk))


def test_a_calendar_is_in_the_language_that_was_asked(stage: Stage) -> None:
    meeting = convened(stage)
    meeting.place = "Salle / Zaal"

    entries = [meeting_calendar_entry(meeting, language) for language in ("fr", "nl")]

    assert [entry.title.split(",")[0] for entry in entries] == ["Soirée d’information", "Infoavond"]
    assert [entry.place.split(",")[0] for entry in entries] == ["Salle", "Zaal"]


def test_one_votes_by_telephone_once(client: Client, stage: Stage) -> None:
    meeting = opened(stage)
    question, codes = vote_on(meeting)
    url = f"/evening/p/{meeting.token}/vote/"
    ballot = {"code": grouped_ballot_code(codes[0]).upper(), str(question.pk): "yes", "choose": "1"}
    assert "Vote with the code of your ballot" in client.get(f"/evening/p/{meeting.token}/").text

    done = client.post(url, ballot, follow=True).text
    again = client.post(url, ballot).text
    wrong = client.post(url, ballot | {"code": "zzzzzz"}).text
    empty = client.post(url, {"code": codes[1], "choose": "1"}).text

    assert "Your vote counts" in done
    assert "This code has already voted on: the partnership and its objectives." in again
    assert "This code is not valid here." in wrong
    assert "This field is required." in empty
    question.refresh_from_db()
    assert question.votes_so_far().as_text() == "000100000000"


def test_a_vote_leaves_no_session_and_no_cookie_that_knows_it(stage: Stage) -> None:
    meeting = opened(stage)
    question, codes = vote_on(meeting)
    browser = Client()
    before = Session.objects.count()

    browser.post(
        f"/evening/p/{meeting.token}/vote/", {"code": codes[0], str(question.pk): "yes", "choose": "1"}, follow=True
    )

    assert Session.objects.count() == before
    assert set(browser.cookies) <= {"csrf"}


def test_no_vote_is_open(client: Client, stage: Stage) -> None:
    meeting = opened(stage)

    assert "No vote is open" in client.get(f"/evening/p/{meeting.token}/vote/").text
    assert client.post(f"/evening/p/{meeting.token}/vote/", {"code": "abc", "choose": "1"}).status_code == 200


def taken_code(client: Client, meeting: Meeting) -> str:
    """The code that the telephone of ``client`` takes at the door."""
    link = evening.create_ballot_code_link(meeting=meeting, by=None, at=datetime.now(UTC))
    return normalise_ballot_code(client.post(f"/evening/p/{meeting.token}/door/{link}/").context["code"])


@pytest.mark.parametrize("has_code", [False, True])
def test_a_page_that_waits_for_a_vote_is_left_as_it_is_until_one_is_open(
    client: Client, stage: Stage, has_code: bool
) -> None:
    meeting = opened(stage)
    if has_code:
        taken_code(client, meeting)
    ask = partial(client.get, f"/evening/p/{meeting.token}/vote/", headers={"hx-request": "true"})

    waiting = ask()
    question, _codes = vote_on(meeting)

    assert (waiting.status_code, waiting.content) == (204, b"")
    assert f'name="{question.pk}"' in ask().text


def test_wrong_codes_of_others_shut_nobody_out(client: Client, stage: Stage) -> None:
    meeting = opened(stage)
    question, codes = vote_on(meeting)
    url = f"/evening/p/{meeting.token}/vote/"
    ballot = {str(question.pk): "yes", "choose": "1"}

    answers = [client.post(url, ballot | {"code": "zzzzzzzzz"}).status_code for _ in range(61)]

    assert answers == [409] * 61
    assert client.post(url, ballot | {"code": codes[0]}).status_code == 302


def test_a_code_is_taken_at_the_door_once_and_votes(client: Client, stage: Stage) -> None:
    meeting = opened(stage)
    question, _codes = vote_on(meeting)
    link = evening.create_ballot_code_link(meeting=meeting, by=None, at=datetime.now(UTC))
    url, vote = f"/evening/p/{meeting.token}/door/{link}/", f"/evening/p/{meeting.token}/vote/"
    assert "Show my code" in client.get(url).text

    taken = client.post(url)
    code = normalise_ballot_code(taken.context["code"])
    assert grouped_ballot_code(code) in taken.text
    assert "This code has been taken already." in client.post(url).text
    assert f'value="{code}"' in client.get(vote).text
    client.post(vote, {"code": code, str(question.pk): "no", "choose": "1"})

    question.refresh_from_db()
    assert question.votes_so_far().no == 1


def test_a_telephone_that_took_a_code_at_the_door_types_it_for_no_vote_of_the_evening(
    client: Client, stage: Stage
) -> None:
    meeting = opened(stage)
    code = taken_code(client, meeting)
    url = f"/evening/p/{meeting.token}/vote/"
    waiting = client.get(url).text

    question, _codes = vote_on(meeting)
    first = client.get(url).text
    voted = client.post(url, {"code": code, str(question.pk): "yes", "choose": "1"}, follow=True).text
    between = client.get(url).text
    heard = client.get(url, headers={"hx-request": "true"}).status_code
    free = evening.prepare_question(meeting=meeting, kind="free", label="Un barbecue ?", by=None, at=datetime.now(UTC))
    evening.open_vote(question=free, by=None, at=datetime.now(UTC))
    second = client.get(url).text
    client.post(url, {"code": code, str(free.pk): "no", "choose": "1"})

    assert all(grouped_ballot_code(code) in page and "No vote waits for you" in page for page in (waiting, between))
    assert heard == 204
    assert "This telephone keeps your code for the next vote." in voted
    assert all(f'value="{code}"' in page for page in (first, second))
    assert [f'name="{one.pk}"' in second for one in (question, free)] == [False, True]
    question.refresh_from_db()
    free.refresh_from_db()
    assert (question.votes_so_far().yes, free.votes_so_far().no) == (1, 1)


def test_the_code_stands_on_the_telephone_alone_and_ends_with_the_evening(client: Client, stage: Stage) -> None:
    meeting, other = opened(stage), convened(stage)
    before = Session.objects.count()
    taken_code(client, meeting)
    kept = client.cookies["ballot"]
    sent = kept.OutputString()

    assert Session.objects.count() == before
    assert ("HttpOnly" in sent, "SameSite=Lax" in sent, "Max-Age=43200" in sent) == (True, True, True)
    assert "Your code:" not in client.get(f"/evening/p/{other.token}/vote/").text
    assert "Your code:" not in Client().get(f"/evening/p/{meeting.token}/vote/").text

    forged = Client()
    forged.cookies["ballot"] = kept.value[:-1] + ("a" if kept.value[-1] != "a" else "b")
    assert "Your code:" not in forged.get(f"/evening/p/{meeting.token}/vote/").text

    Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.HELD)
    client.get(f"/evening/p/{meeting.token}/vote/")
    assert client.cookies["ballot"].value == ""


def test_a_meeting_that_was_called_off_asks_for_no_help(client: Client, stage: Stage) -> None:
    meeting = convened(stage)
    url = f"/evening/p/{meeting.token}/help/"
    before = client.get(url).text
    evening.cancel_meeting_and_notify(meeting=meeting, because="La salle est fermée.", by=None, at=datetime.now(UTC))

    after = client.get(url, follow=True).text

    assert ['name="reach"' in page for page in (before, after)] == [True, False]
    assert "La salle est fermée." in after


def test_who_offers_to_coordinate_reads_what_that_takes(client: Client, stage: Stage) -> None:
    page = client.get(f"/evening/p/{opened(stage).token}/help/").text

    assert "is a member, chosen by the members and screened by the police" in page


def test_presence_and_help_are_noted_without_more_than_was_given(client: Client, stage: Stage) -> None:
    meeting = opened(stage)
    url = f"/evening/p/{meeting.token}/"

    client.post(f"{url}here/", {"persons": "2"})
    client.post(f"{url}help/", {"name": "Léa", "reach": "Lea@PLP.test ", "tasks": ["letters", "welcome"]})
    client.post(f"{url}help/", {"name": "Noé", "reach": "02/555 13 13", "tasks": ["other"], "words": "Lundi"})

    assert [(row.persons, row.name) for row in meeting.attendance.filter(way="screen")] == [(2, "")]
    assert [(row.reach, row.tasks, row.words) for row in sorted(meeting.offers.all(), key=lambda row: row.name)] == [
        ("Lea@plp.test", ["letters", "welcome"], ""),
        ("02/555 13 13", ["other"], ""),
    ]


@pytest.mark.parametrize(
    ("page", "given"),
    [
        ("here/", {"persons": "0"}),
        ("here/", {"persons": "13"}),
        ("here/", {"persons": "many"}),
        ("here/", {"persons": "2", "name": "La plaque 1-KAN-777"}),
        ("help/", {"name": "", "reach": ""}),
        ("help/", {"name": "Eva, camionnette 1-KAN-777", "reach": "0470 00 00 11"}),
        ("help/", {"name": "Eva", "reach": "Un homme à la veste noire"}),
        ("help/", {"name": "x", "reach": "y", "tasks": ["fly"]}),
    ],
)
def test_what_cannot_be_is_said_at_the_field(client: Client, stage: Stage, page: str, given: dict) -> None:
    meeting = opened(stage)

    answer = client.post(f"/evening/p/{meeting.token}/{page}", given)

    assert "field-wrong" in answer.text
    assert (meeting.opinions.count(), meeting.offers.count(), meeting.attendance.count()) == (0, 0, 1)


def test_an_opinion_is_written_where_the_police_read_it_first(client: Client, stage: Stage) -> None:
    meeting = opened(stage)

    page = client.get(f"/evening/p/{meeting.token}/").content.decode()

    assert 'href="/questions/ask/haren/"' in page
    assert client.get(f"/evening/p/{meeting.token}/opinion/").status_code == 404


def test_a_flood_of_offers_waits(client: Client, stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(limits.LIMITS, "evening.network", limits.Limit(3, 60))
    meeting = opened(stage)
    url = f"/evening/p/{meeting.token}/help/"

    answers = [client.post(url, {"name": "Eva", "reach": "eva@plp.test"}).status_code for _ in range(4)]

    assert answers == [200] * 3 + [429]


def test_before_the_doors_open_nobody_is_there(client: Client, stage: Stage) -> None:
    meeting = convened(stage)

    assert client.get(f"/evening/p/{meeting.token}/here/").status_code == 302


def test_approved_minutes_are_read_by_everybody_and_drafts_by_nobody(
    client: Client, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting, now = opened(stage), datetime.now(UTC)
    for point in meeting.points.all():
        evening.record_agenda_point_treated(point=point, record="Dit", by=None, at=now)
    evening.end_meeting_and_delete_codes(meeting=meeting, by=None, at=now)
    evening.write_minutes(meeting=meeting, by=None, at=now)
    url = f"/evening/p/{meeting.token}/minutes/fr.pdf"
    assert client.get(url).status_code == 404

    evening.approve_minutes(meeting=meeting, by=None, at=now)

    made = client.get(url)
    monkeypatch.setattr(papers, "pdf", None)  # set once, whoever asks again
    assert client.get(url).content == made.content
    assert made.content.startswith(b"%PDF")
    assert made.headers["X-Content-Type-Options"] == "nosniff"
    assert "Read the minutes" in client.get(f"/evening/p/{meeting.token}/").text


@pytest.mark.parametrize("language", ["fr", "nl", "de"])
def test_every_page_speaks_the_language_of_its_reader(stage: Stage, language: str) -> None:
    meeting = opened(stage)
    vote_on(meeting)
    browser = Client(headers={"accept-language": language})

    titles = [browser.get(f"/evening/p/{meeting.token}/{page}").text for page in ("", "vote/", "here/", "help/")]

    english = ("Take part", "Your vote is secret.", "I am here", "Offer help")
    assert [words for words, page in zip(english, titles, strict=True) if words in page] == []


def test_the_screen_of_the_room_needs_nobody_signed_in_and_costs_the_same_however_long(
    client: Client, stage: Stage, django_assert_num_queries: object
) -> None:
    meeting = opened(stage)
    for questions in (1, 2):
        for _ in range(questions):
            evening.prepare_question(meeting=meeting, kind="free", label="Un barbecue ?", by=None, at=datetime.now(UTC))
        with django_assert_num_queries(3):  # type: ignore[operator]
            page = client.get(f"/evening/p/{meeting.token}/screen/").text

    assert [word in page for word in ("Bienvenue", "Welkom")] == [True, True]  # in every language of the evening
    assert "Un barbecue" not in page
