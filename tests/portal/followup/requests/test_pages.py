"""Requests and explanations on pages: asked, answered, explained, and hidden from the neighbour."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from plp.followup.actions.clocks import remind_or_pass_on_due_matters
from plp.followup.models import Explanation, InformationRequest, Trial
from plp.notices import actions as notices
from plp.portal.shell import offers
from plp.portal.subjects.followup.requests.offers import desk_matter_tasks
from tests.factories.cast import NOW, Cast, contact, member
from tests.followup.stage import released
from tests.followup.test_requests import asked, explained
from tests.portal.signing import AT, signed_in

pytestmark = pytest.mark.django_db
GIVEN = {"subject": "Vélos", "words": "Combien de vélos ont disparu ?", "due_on": "2026-12-09"}


def as_member(cast: Cast) -> Client:
    """A browser in which a member opened their settings."""
    point = contact(member(cast.here.partnership, "Marie Membre", "en"), "email", "marie@example.org")
    client = Client(headers={"accept-language": "en"})
    session = client.session
    session["member"] = {"contact": point.pk.hex, "began": AT.timestamp(), "seen": AT.timestamp()}
    session.save()
    return client


def test_a_request_goes_there_and_comes_back(cast: Cast) -> None:
    desk, police = signed_in(cast.here.coordinator), signed_in(cast.officer)
    form = desk.get(reverse("followup:requests:ask", args=["haren"])).content.decode()
    page = desk.post(reverse("followup:requests:ask", args=["haren"]), GIVEN, follow=True).content.decode()
    request = InformationRequest.objects.get()
    there = police.get(reverse("followup:requests:police")).content.decode()
    police.post(
        reverse("followup:requests:police_one", args=[request.pk]), {"outcome": "answer", "words": "Neuf vélos."}
    )

    back = desk.get(reverse("followup:requests:asked_one", args=[request.pk])).content.decode()

    assert 'value="2026-12-09"' in form  # ten working days on
    assert "Sent to the police" in page
    assert "Vélos" in there
    assert "Neuf vélos." in back


def test_a_refusal_says_why(cast: Cast) -> None:
    request, police = asked(cast), signed_in(cast.officer)
    address = reverse("followup:requests:police_one", args=[request.pk])
    empty = police.post(address, {"outcome": "refuse", "reason": "", "words": ""}).content.decode()
    wordless = police.post(address, {"outcome": "refuse", "reason": "other", "words": ""}).content.decode()
    held = police.post(address, {"outcome": "answer", "reason": "", "words": "Des gitans rôdent dans la rue."})
    police.post(address, {"outcome": "refuse", "reason": "secrecy", "words": ""})

    page = (
        signed_in(cast.here.coordinator).get(reverse("followup:requests:asked_one", args=[request.pk])).content.decode()
    )

    assert "Choose the reason for which you cannot answer." in empty
    assert "Write a few words" in wordless
    assert (held.status_code, [*held.context["form"].errors]) == (200, ["words"])
    assert "The secrecy of an investigation forbids it." in page


@pytest.mark.parametrize(
    ("changes", "status", "sentence"),
    [
        ({"words": ""}, 200, "This field is required"),
        ({"due_on": "2026-11-25"}, 409, "Choose a day from tomorrow on"),
        ({"due_on": "tomorrow"}, 200, "Enter a valid date"),
        ({"words": "Des gitans rôdent dans la rue."}, 200, "The message check stops these words"),
    ],
)
def test_a_bad_request_is_said_in_words(cast: Cast, changes: dict[str, str], status: int, sentence: str) -> None:
    desk = signed_in(cast.here.coordinator)

    answer = desk.post(reverse("followup:requests:ask", args=["haren"]), {**GIVEN, **changes})

    assert (answer.status_code, sentence in answer.text) == (status, True)
    assert [value for value in {**GIVEN, **changes}.values() if value not in answer.text] == []
    assert not InformationRequest.objects.exists()


def test_markup_is_shown_as_words(cast: Cast) -> None:
    request = asked(cast, words="<script>alert(1)</script> vélos ?")

    page = signed_in(cast.officer).get(reverse("followup:requests:police_one", args=[request.pk])).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_the_neighbour_and_the_foreign_officer_find_nothing(cast: Cast) -> None:
    request = asked(cast)
    stranger, foreign, own = (
        signed_in(one) for one in (cast.next_door.coordinator, cast.foreign_officer, cast.here.coordinator)
    )

    assert stranger.get(reverse("followup:requests:asked_one", args=[request.pk])).status_code == 404
    assert stranger.get(reverse("followup:requests:ask", args=["haren"])).status_code == 404
    assert foreign.get(reverse("followup:requests:police_one", args=[request.pk])).status_code == 404
    assert foreign.get(reverse("followup:requests:explain", args=["haren"])).status_code == 404
    assert own.get(reverse("followup:requests:police")).status_code == 404
    assert own.get(reverse("followup:requests:police_one", args=[request.pk])).status_code == 404
    assert own.get(reverse("followup:requests:explain", args=["haren"])).status_code == 404
    assert signed_in(cast.officer).get(reverse("followup:requests:asked")).status_code == 404
    assert "Vols de vélos" not in stranger.get(reverse("followup:requests:asked")).content.decode()
    assert "Vols de vélos" not in foreign.get(reverse("followup:requests:police")).content.decode()


def test_members_read_what_is_for_them(cast: Cast) -> None:
    police, given = signed_in(cast.officer), {"about": "2026-11-24", "reason": "over", "words": ""}
    police.post(reverse("followup:requests:explain", args=["haren"]), {**given, "to": "members"})
    police.post(
        reverse("followup:requests:explain", args=["haren"]), {**given, "to": "coordinator", "reason": "secrecy"}
    )

    page = as_member(cast).get(reverse("followup:requests:explained")).content.decode()

    assert Explanation.objects.count() == 2
    assert "It was over before a message could help." in page
    assert "harmed the investigation" not in page


def test_lists_ask_the_same_number_of_questions_for_one_and_three(cast: Cast) -> None:
    officer, counts = signed_in(cast.officer), list[int]()
    officer.get(reverse("followup:requests:police"))
    for more in (1, 2):
        for _one in range(more):
            asked(cast)
            explained(cast)
        with CaptureQueriesContext(
            connection,
        ) as told:
            officer.get(reverse("followup:requests:police"))
        counts.append(len(told))

    assert counts[0] == counts[1]


def test_the_home_page_lists_what_is_due_in_order(cast: Cast) -> None:
    asked(cast)
    waiting = released(cast, "advice")
    remind_or_pass_on_due_matters(by=None, at=NOW)
    coordinator = offers.tasks_of_person(cast.here.coordinator, NOW + timedelta(days=3))
    holder = InformationRequest.objects.get().partnership.dues.get(kind="request").holder

    police = desk_matter_tasks(holder, NOW + timedelta(days=30))

    assert [(task.url, task.urgent, task.due_at) for task in coordinator if task.due_at] == [
        (f"/coordinator/messages/{waiting.pk}/relay/", True, NOW + timedelta(days=1))
    ]
    assert ("/requests/police/", True) in [(task.url, task.urgent) for task in police]
    page = signed_in(cast.here.coordinator).get("/").content.decode()
    assert "By " in page


def test_what_is_due_in_months_stands_below_what_waits_without_a_day(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = {"in months": NOW + timedelta(days=60), "no day": None, "next week": NOW + timedelta(days=7)}
    rows = [offers.Task(title, "", "/", due_at=due_at) for title, due_at in days.items()]
    source = offers.Offers(tasks=offers.Source(lambda _person, _at: rows, order=1))
    monkeypatch.setattr(offers, "all_offers", lambda: [source])

    sorted_tasks = offers.tasks_of_person(cast.here.coordinator, NOW)

    assert [task.title for task in sorted_tasks] == ["next week", "no day", "in months"]


def test_several_things_of_one_kind_are_one_line_that_says_how_many(cast: Cast) -> None:
    asked(cast)
    asked(cast)
    remind_or_pass_on_due_matters(by=None, at=NOW)
    holder = cast.here.partnership.dues.filter(kind="request").first().holder

    with override("en"):
        (line,) = [task for task in desk_matter_tasks(holder, NOW) if task.url == "/requests/police/"]

    assert line.title == "2 times: a request for information is waiting for an answer from the police"
    assert (line.count_beside, line.text) == (0, "Haren")


def test_a_test_message_is_written_in_one_click_and_its_figures_are_shown(cast: Cast) -> None:
    contact(member(cast.here.partnership, "Ann Un"), "email", "ann@example.org")
    police, coordinator = signed_in(cast.officer), signed_in(cast.here.coordinator)
    asks = police.get(reverse("followup:requests:prepare", args=["haren"])).content.decode()
    police.post(reverse("followup:requests:prepare", args=["haren"]))
    notice = Trial.objects.get().notice
    before = coordinator.get(reverse("followup:requests:trial", args=[notice.pk])).content.decode()
    notices.release_text_as_second_person(
        notice=notice, text_hash=notice.text_hash, proven_at=AT, by=cast.second_officer, at=AT
    )
    notice.refresh_from_db()
    notices.relay_notice_to_members(notice=notice, by=cast.here.coordinator, at=AT)

    after = coordinator.get(reverse("followup:requests:trial", args=[notice.pk])).content.decode()

    assert "A colleague must release it" in asks
    assert "Not passed on yet" in before
    assert "Left or arrived: 0 of 1 members (0%)." in after
    assert "Haren" in coordinator.get(reverse("followup:requests:trials")).content.decode()
    stranger = signed_in(cast.next_door.coordinator)
    assert stranger.get(reverse("followup:requests:trial", args=[notice.pk])).status_code == 404
    assert coordinator.get(reverse("followup:requests:prepare", args=["haren"])).status_code == 404
