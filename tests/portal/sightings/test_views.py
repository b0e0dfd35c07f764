"""Reporting something seen on pages; the desk of the police (R121-R123, T16)."""

import json
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from plp.mandates.grants import Role
from plp.mandates.models import Mandate
from plp.ops.routes import all_routes
from plp.places.models import Area
from plp.portal.shell import limits
from plp.portal.shell.personal_data import export_personal_data
from plp.portal.subjects.sightings.offers import sighting_tasks
from plp.sightings.actions import sightings
from plp.sightings.facts import FIELDS
from plp.sightings.letters import report_code, signed_follow_up_path
from plp.sightings.models import Photo, Sighting, SightingReader
from plp.toolbox import clock
from tests.factories.cast import NOW, hold
from tests.launch.ground import Ground
from tests.portal.signing import AT, signed_in, stop_clock
from tests.sightings.stage import PLATE, REPORTER, WORDS, picture, sighting

pytestmark = pytest.mark.django_db
KIND = {"when": "earlier", "kind": "behaviour"}
WHERE = {"which": "yesterday", "clock": "22:15", "street": "rue du chene", "postcode": "1130"}
WHAT = {"fact_behaviour": WORDS, "fact_plate": PLATE}


@pytest.fixture
def ground(monkeypatch: pytest.MonkeyPatch) -> Ground:
    """The stage, at its hour; the municipality knows its code."""
    stop_clock(monkeypatch)
    made = Ground()
    Area.objects.filter(pk=made.municipality.pk).update(nis="21004")
    return made


def text(client: Client, view: str, data: dict | None = None) -> str:
    """What a page shows, after a form if there is one."""
    address = reverse(f"sightings:{view}")
    answer = client.post(address, data, follow=True) if data is not None else client.get(address, follow=True)
    return answer.content.decode()


def to_the_facts(client: Client, monkeypatch: pytest.MonkeyPatch, **changes: str) -> str:
    """Answer the three questions, and let time go by as it does while somebody writes."""
    text(client, "start", {name: changes.get(name, word) for name, word in KIND.items()})
    page = text(client, "where", WHERE | changes)
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(seconds=30))
    return page


def test_who_cannot_speak_or_hear_finds_the_two_ways_to_write_to_112(client: Client) -> None:
    page = client.post("/report/", {"when": "now"}).content.decode()

    assert "Write, in the app 112 BE." in page
    assert 'href="https://www.112.be/sms"' in page


def test_the_page_opens_with_the_telephone(client: Client) -> None:
    page = text(client, "start")

    assert page.index('href="tel:101"') < page.index("<form method")
    assert page.index('href="tel:112"') < page.index("<form method")


@pytest.mark.parametrize("when", ["now", "hour"])
def test_what_is_urgent_gets_no_form(client: Client, when: str) -> None:
    page = text(client, "start", {"when": when})

    assert "<h1>Phone now</h1>" in page
    assert "Report something you saw" in text(client, "what")


def test_a_report_reaches_the_desk_and_is_followed(
    ground: Ground, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = to_the_facts(client, monkeypatch)
    photo = SimpleUploadedFile("../../me.jpg", picture(), content_type="text/html")

    sent = text(client, "what", {**WHAT, "pictures": photo})

    filed = Sighting.objects.get()
    assert "Zone Un" in page
    assert filed.reference in sent
    assert signed_follow_up_path(filed.pk) in sent
    assert (filed.place, filed.reporter_name) == ("rue du chene, 1130", "")
    assert Photo.objects.count() == 1
    assert "The police have not read it yet" in text(client, "status")


def test_name_and_number_are_kept_only_with_the_tick(
    ground: Ground, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    to_the_facts(client, monkeypatch)
    given = {**WHAT, "name": REPORTER[0], "reach": REPORTER[1]}

    text(client, "what", given)
    hidden = Sighting.objects.get()
    to_the_facts(client, monkeypatch)
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(minutes=2))
    text(client, "what", {**given, "shows": "on"})

    shown = Sighting.objects.exclude(pk=hidden.pk).get()
    assert (hidden.reporter_name, hidden.reporter_reach) == ("", "")
    assert (shown.reporter_name, shown.reporter_reach) == REPORTER


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"fact_behaviour": "", "fact_plate": ""}, "at least one field"),
        ({"fact_behaviour": "Two men of North African type."}, "Leave out origin"),
        ({"fact_behaviour": "x" * 601}, "at most 600 characters"),
        ({"shows": "on"}, "Give your name and how to reach you"),
        ({"homepage": "spam"}, "Leave this empty"),
        ({"pictures": SimpleUploadedFile("a.svg", b"<svg onload='alert(1)'/>", "image/jpeg")}, "not a picture"),
    ],
)
def test_a_bad_report_is_said_in_words_and_not_kept(
    ground: Ground, client: Client, monkeypatch: pytest.MonkeyPatch, changes: dict, sentence: str
) -> None:
    to_the_facts(client, monkeypatch)

    page = text(client, "what", {**WHAT, **changes})

    assert sentence in page
    assert Sighting.objects.count() == 0


def test_words_of_origin_are_refused_at_the_field_they_stand_in_and_stay(
    ground: Ground, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """French words on the English page, in the field of looks alone."""
    to_the_facts(client, monkeypatch)

    page = client.post(reverse("sightings:what"), {**WHAT, "fact_looks": "Deux types maghrébins en veste bleue."})

    form = page.context["form"]
    assert list(form.errors) == ["fact_looks"]
    assert "Deux types maghrébins en veste bleue." in page.content.decode()


def test_a_sentence_about_the_whole_form_is_said_once(client: Client, ground: Ground) -> None:
    text(client, "start", KIND)
    text(client, "where", WHERE)

    assert text(client, "what", WHAT).count("faster than anybody writes") == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"which": "today", "clock": "10:45"}, "phone 101 (police) or 112 now"),
        ({"which": "day", "day": "2027-01-01"}, "still to come"),
        ({"which": "day", "day": "2020-01-01"}, "more than a year ago"),
        ({"which": "day"}, "Which day was it?"),
        ({"street": "rue du chenne"}, "Did you mean: Rue du Chêne"),
        ({"street": "Rue Inconnue 3"}, "The place is as I wrote it"),
    ],
)
def test_a_bad_place_or_day_is_said_in_words(ground: Ground, client: Client, changes: dict, sentence: str) -> None:
    text(client, "start", KIND)

    assert sentence in text(client, "where", WHERE | changes)


@pytest.mark.parametrize("answers", [{"when": "earlier"}, {"when": "earlier", "kind": "murder"}, {"kind": "door"}])
def test_nothing_goes_on_without_the_first_questions(client: Client, answers: dict) -> None:
    assert 'aria-invalid="true"' in text(client, "start", answers)
    assert "Report something you saw" in text(client, "where")


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"street": "rue du chene 12"}, "rue du chene 12, 1130"),
        ({"street": "Rue du Chêne 12, 1130 Haren", "postcode": ""}, "Rue du Chêne 12, 1130"),
        ({"street": "12 rue du chene"}, "rue du chene 12, 1130"),
        ({"street": "rue du chenne 12", "proposal": "Rue du Chêne|1130"}, "Rue du Chêne 12, 1130"),
        ({"street": "Rue Inconnue 3", "proposal": "elsewhere"}, "Rue Inconnue 3, 1130"),
    ],
)
def test_a_place_is_taken_as_people_type_it(
    ground: Ground, client: Client, monkeypatch: pytest.MonkeyPatch, changes: dict, place: str
) -> None:
    to_the_facts(client, monkeypatch, **changes)

    text(client, "what", WHAT)

    assert Sighting.objects.get().place == place


def test_a_member_is_asked_no_name_that_was_filled_in_before(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = signed_in(ground.coordinator)

    page = to_the_facts(browser, monkeypatch)

    assert re.search(r'name="name"[^>]*value=', page) is None
    assert ground.coordinator.name not in page.partition("<main")[2]


@pytest.mark.parametrize("kind", FIELDS)
def test_each_kind_asks_for_its_own_fields_alone(
    ground: Ground, client: Client, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    page = to_the_facts(client, monkeypatch, kind=kind)

    assert re.findall(r'name="fact_(\w+)"', page) == [fact.key for fact in FIELDS[kind].facts]


def test_a_robot_is_too_fast(ground: Ground, client: Client) -> None:
    text(client, "start", KIND)
    text(client, "where", WHERE)

    assert "faster than anybody writes" in text(client, "what", WHAT)
    assert Sighting.objects.count() == 0


def test_a_network_that_sends_too_many_has_to_wait(
    ground: Ground, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for minute in range(6):
        to_the_facts(client, monkeypatch)
        monkeypatch.setattr(clock, "now", lambda minute=minute: AT + timedelta(minutes=minute + 1))
        last = text(client, "what", WHAT)

    assert Sighting.objects.count() == 5
    assert "Wait 2 seconds, then send it again" in last
    assert PLATE in last  # nothing is lost by it

    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(minutes=6, seconds=2))
    text(client, "what", WHAT)
    assert Sighting.objects.count() == 6


def test_above_the_limit_of_a_zone_the_words_still_go(
    ground: Ground, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(limits.LIMITS, "sighting.zone", limits.Limit(0, 60))
    to_the_facts(client, monkeypatch)
    photo = SimpleUploadedFile("a.png", picture(), "image/png")

    assert "Send yours without pictures" in text(client, "what", {**WHAT, "pictures": photo})
    assert "Wait 2 seconds" in text(client, "what", WHAT)
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(seconds=33))
    text(client, "what", WHAT)

    assert Sighting.objects.count() == 1


def test_a_refused_picture_uses_up_no_report_of_the_street(
    ground: Ground, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _number in range(6):
        to_the_facts(client, monkeypatch)
        text(client, "what", {**WHAT, "pictures": SimpleUploadedFile("a.jpg", b"no picture", "image/jpeg")})
    for minute in range(5):
        to_the_facts(client, monkeypatch)
        monkeypatch.setattr(clock, "now", lambda minute=minute: AT + timedelta(minutes=minute + 1))
        text(client, "what", WHAT)

    assert Sighting.objects.count() == 5


def test_a_zone_that_does_not_read_takes_nothing(
    ground: Ground, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    Mandate.objects.filter(role="officer").update(ends_at=NOW - timedelta(hours=1))

    page = to_the_facts(client, monkeypatch)

    assert "does not read reports here yet" in page
    assert 'name="fact_plate"' not in page


def test_nobody_follows_a_report_without_its_link(ground: Ground, client: Client) -> None:
    filed = sighting()

    assert client.get(reverse("sightings:status")).status_code == 404
    assert client.get(reverse("sightings:follow", args=[filed.pk, "0" * 32])).status_code == 404
    assert client.get(f"/report/follow/{signed_follow_up_path(filed.pk)}/").headers["Location"] == reverse(
        "sightings:status"
    )
    page = text(client, "status")
    assert filed.reference in page
    assert WORDS not in page
    assert PLATE not in page


def test_the_reporter_takes_their_name_away(ground: Ground, client: Client) -> None:
    filed = sighting(reporter=REPORTER)
    client.get(f"/report/follow/{signed_follow_up_path(filed.pk)}/")

    text(client, "withdraw", {})

    assert Sighting.objects.get().reporter_name == ""


def test_the_police_answer_and_the_reporter_reads_it(ground: Ground, client: Client) -> None:
    filed = sighting()
    desk = signed_in(ground.officer)
    shown = desk.get(reverse("sightings:detail", args=[filed.pk])).content.decode()
    template = desk.get(reverse("sightings:answer", args=[filed.pk]), {"template": "patrol"}).content.decode()

    desk.post(reverse("sightings:answer", args=[filed.pk]), {"words": "Une patrouille est passée."})

    assert PLATE in shown
    assert "did not wish to be known" in shown
    assert "Une patrouille est passée à cet endroit" in template
    client.get(f"/report/follow/{signed_follow_up_path(filed.pk)}/")
    assert "Une patrouille est passée." in text(client, "status")


def test_the_police_say_why_not(ground: Ground, client: Client) -> None:
    filed = sighting()
    desk, address = signed_in(ground.officer), reverse("sightings:detail", args=[filed.pk])
    before = desk.get(address).content.decode()

    desk.post(reverse("sightings:close", args=[filed.pk]), {"reason": "investigation", "words": ""})

    pages = (before, desk.get(address).content.decode())
    assert ["The person did not wish to be known." in page for page in pages] == [True, True]
    assert ["You can answer all the same." in page for page in pages] == [True, False]
    client.get(f"/report/follow/{signed_follow_up_path(filed.pk)}/")
    assert "because of an investigation" in text(client, "status")


def test_the_police_take_it_over_on_paper(ground: Ground) -> None:
    filed = sighting(reporter=REPORTER, pictures=[picture()])
    desk = signed_in(ground.officer)

    sheet = desk.get(reverse("sightings:sheet", args=[filed.pk]))
    photo = desk.get(reverse("sightings:picture", args=[filed.pk, 1]))
    desk.post(reverse("sightings:hand_over", args=[filed.pk]))

    assert sheet.content.startswith(b"%PDF")
    assert photo.headers["Content-Type"] == "image/jpeg"
    assert photo.headers["X-Content-Type-Options"] == "nosniff"
    assert photo.headers["Content-Disposition"].startswith("attachment")
    assert desk.get(reverse("sightings:picture", args=[filed.pk, 2])).status_code == 404
    assert Sighting.objects.get().state == "handed_over"


ONE = ("detail", "answer", "close", "hand_over", "sheet")


def test_nobody_but_the_police_of_the_zone_opens_anything(ground: Ground) -> None:
    filed = sighting(reporter=REPORTER, pictures=[picture()])
    for person in (ground.coordinator, ground.stranger, ground.cast.chief, ground.cast.foreign_officer):
        browser = signed_in(person)
        pages = [reverse(f"sightings:{name}", args=[filed.pk]) for name in ONE]
        pages.append(reverse("sightings:picture", args=[filed.pk, 1]))
        assert {browser.get(page).status_code for page in pages} == {404}
        assert {browser.post(page, {"words": "x", "reason": "known"}).status_code for page in pages} == {404}

    assert Sighting.objects.get().state == "filed"


def test_no_page_of_the_coordinator_shows_a_token_of_a_report(ground: Ground) -> None:
    filed = sighting(reporter=REPORTER)
    browser = signed_in(ground.coordinator)

    start = browser.get("/").content.decode()

    for token in (PLATE, WORDS, *REPORTER, filed.reference, "report of a citizen"):
        assert token not in start
    assert browser.get(reverse("sightings:desk")).status_code == 404


@pytest.mark.any_database
def test_no_page_of_anybody_else_shows_a_token_of_a_report(ground: Ground) -> None:
    """3 s: every page without a key, for coordinator and supervisor, while a report and its answer lie on the desk."""
    filed = sighting(reporter=REPORTER)
    sightings.answer_sighting_and_tell_reporter(sighting=filed, words="Merci Canari.", by=ground.officer, at=AT)
    hold(ground.cast.next_door.deputy, Role.SUPERVISOR, ground.cast.zone)
    pages = [
        route.route for route in all_routes() if "<" not in route.route and not route.route.startswith("/account/")
    ]
    others = (ground.coordinator, ground.cast.next_door.deputy)
    browsers = [signed_in(one) for one in others]
    shown = b"".join(browser.get(page).content for browser in browsers for page in pages).decode(errors="replace")
    shown += json.dumps([export_personal_data(one) for one in others], ensure_ascii=False)

    assert len(pages) > 30
    for token in (PLATE, WORDS, *REPORTER, filed.reference, filed.pk.hex, str(filed.pk), "Canari"):
        assert token not in shown


def test_the_desk_shows_no_word_of_a_report_and_has_no_search(ground: Ground) -> None:
    sighting(reporter=REPORTER)
    page = signed_in(ground.officer).get(reverse("sightings:desk")).content.decode()

    for token in (PLATE, WORDS, *REPORTER):
        assert token not in page
    assert re.search(r"type=.search|name=.q\b", page) is None


def test_the_task_counts_what_waits(ground: Ground) -> None:
    assert sighting_tasks(ground.officer, AT) == []
    sighting(), sighting()

    assert [(task.count, task.url, task.urgent) for task in sighting_tasks(ground.officer, AT)] == [
        (2, "/sightings/", False)
    ]
    assert [task.urgent for task in sighting_tasks(ground.officer, NOW + timedelta(days=7))] == [True]
    assert sighting_tasks(ground.coordinator, AT) == []


def test_the_desk_asks_the_same_queries_for_one_and_three(ground: Ground, django_assert_num_queries) -> None:
    browser = signed_in(ground.officer)
    sighting()
    browser.get(reverse("sightings:desk"))
    with django_assert_num_queries(6):
        browser.get(reverse("sightings:desk"))
    sighting(), sighting()
    with django_assert_num_queries(6):
        browser.get(reverse("sightings:desk"))


HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7*7 }} {% debug %} %(words)s",
    "=cmd|' /C calc'!A0",
    "'; DROP TABLE sightings_sighting; --",
)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_shown_as_words_and_printed(
    ground: Ground, client: Client, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    to_the_facts(client, monkeypatch)
    text(client, "what", {**WHAT, "fact_behaviour": words, "fact_direction": words[:60], "fact_plate": ""})
    filed = Sighting.objects.get()
    desk = signed_in(ground.officer)

    page = desk.get(reverse("sightings:detail", args=[filed.pk])).content.decode()
    sheet = desk.get(reverse("sightings:sheet", args=[filed.pk]))

    assert escape(words) in page
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert sheet.content.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("form", "begins"), [("pdf", b"%PDF"), ("json", b'{"reports"'), ("csv", b'\xef\xbb\xbf"reference"')]
)
def test_reports_are_taken_along_one_or_many(ground: Ground, form: str, begins: bytes) -> None:
    filed, foreign = [sighting(), sighting()], "00000000-0000-0000-0000-000000000000"
    desk = signed_in(ground.officer)
    ticked = [str(report.pk) for report in filed]

    answer = desk.post(reverse("sightings:files"), {"report": [*ticked, foreign, "x"], "form": form})

    assert answer.content.startswith(begins)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert set(Sighting.objects.values_list("state", flat=True)) == {"read"}
    if form != "pdf":
        assert all(report.reference in answer.content.decode() for report in filed)


def test_nothing_is_taken_along_without_a_tick_and_by_nobody_else(ground: Ground) -> None:
    filed = sighting()
    ticked = {"report": str(filed.pk), "form": "json"}

    page = signed_in(ground.officer).post(reverse("sightings:files"), {"form": "json"}, follow=True)

    assert "Tick at least one report" in page.content.decode()
    assert signed_in(ground.coordinator).post(reverse("sightings:files"), ticked).status_code == 404
    answer = signed_in(ground.cast.foreign_officer).post(reverse("sightings:files"), ticked)
    assert answer.headers["Location"] == reverse("sightings:desk")


def test_an_officer_gives_a_report_to_a_colleague(ground: Ground) -> None:
    filed = sighting()
    desk = signed_in(ground.officer)
    colleague = ground.cast.second_officer

    desk.post(reverse("sightings:assign", args=[filed.pk]), {"officer": str(colleague.pk)})
    refused = desk.post(reverse("sightings:assign", args=[filed.pk]), {"officer": str(ground.coordinator.pk)})

    filed.refresh_from_db()
    assert filed.assigned_to == colleague
    assert 'aria-invalid="true"' in refused.content.decode()
    assert f"With {colleague.name} since" in desk.get(reverse("sightings:desk")).content.decode()


def test_a_report_is_followed_by_its_code_without_its_link(ground: Ground, client: Client) -> None:
    filed = sighting()

    wrong = text(client, "ask", {"code": f"{filed.reference}-00000000"})
    right = text(client, "ask", {"code": report_code(filed)})

    assert "not the code of a report" in wrong
    assert filed.reference in right
    assert "The police have not read it yet" in right


def test_who_leaves_an_address_is_written_to_and_the_police_do_not_see_it(
    ground: Ground, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    to_the_facts(client, monkeypatch)

    text(client, "what", {**WHAT, "email": "Zoe@Example.org"})

    filed = Sighting.objects.get()
    page = signed_in(ground.officer).get(reverse("sightings:detail", args=[filed.pk])).content.decode()
    assert SightingReader.objects.filter(sighting=filed).exists()
    assert "zoe@example.org" not in page.lower()
