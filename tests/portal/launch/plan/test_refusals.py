"""The forms of the step plan: shown before they are filled in, refused in words; and the way to what is missing."""

import io
import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from plp.charter import actions as charter
from plp.charter.queries import deed_in_preparation_or_signed
from plp.launch.actions import life, publicity, recognition
from plp.launch.models import LifeAct, Recognition, Reopening, Tick
from plp.launch.plan import FACTS
from plp.launch.queries.facts import does_zone_of_area_need_recognition
from plp.launch.queries.offices import offices_awaited_in_open_steps
from plp.launch.queries.progress import step_plan_progress_of_partnership
from plp.mandates.grants import Role
from plp.partnership.models import Partnership
from plp.partnership.states import State
from plp.people.models import Person
from plp.portal.shell.page_access import PageAccess
from plp.portal.subjects.launch.plan.fact_pages import url_of_fact_form
from plp.portal.subjects.launch.plan.offers import launch_plan_tasks
from plp.portal.subjects.launch.plan.presentation import (
    awaited_offices_by_role_name,
    standing_label,
    url_to_tick_next_fact,
)
from plp.toolbox import clock
from tests.charter.paper import set_quickly
from tests.evening.stage import planned
from tests.factories.cast import hold, person
from tests.launch.journey import Journey, before
from tests.portal.launch.plan.test_launch import browser, url

pytestmark = pytest.mark.django_db
WHY = "Décision de la réunion."
INVALID = 'aria-invalid="true"'


@pytest.fixture
def walk(monkeypatch: pytest.MonkeyPatch) -> Journey:
    """A partnership that was just taken up; requests come on its day."""
    made = Journey()
    monkeypatch.setattr(clock, "now", lambda: made.at)
    return made


def text_of(client: Client, address: str) -> str:
    """The words of a page that opens."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def back(client: Client, address: str, **given: str) -> str:
    """A form that was sent and comes back."""
    answer = client.post(address, given)
    assert answer.status_code == 200, address
    return answer.content.decode()


def way(walk: Journey, fact: str, someone: Person | None = None) -> str:
    """Where ``fact`` is brought about, for the officer unless told otherwise."""
    request = HttpRequest()
    request.person, request.at = someone or walk.officer, walk.at  # type: ignore[attr-defined]
    return url_of_fact_form(FACTS[fact], PageAccess(request, walk.partnership))  # type: ignore[arg-type]


def test_the_day_on_which_fps_interior_was_told_is_recorded(walk: Journey) -> None:
    act = life.end_partnership_and_notify(partnership=walk.ground.partnership, reason=WHY, by=walk.officer, at=walk.at)
    client, address = browser(walk, walk.officer), url("told", act.pk, key="haren")

    form, unsaid = text_of(client, address), back(client, address, day="soon")
    done = client.post(address, {"day": walk.at.date()}, follow=True).content.decode()

    assert "<form" in form
    assert INVALID in unsaid
    assert "The day is recorded." in done
    assert LifeAct.objects.get(pk=act.pk).interior_told_on == walk.at.date()


def test_a_sign_is_placed_on_a_day(walk: Journey) -> None:
    told = {"kind": "sign", "count": 4, "place": "Rue du Chêne", "road_manager": "Commune"}
    sign = publicity.record_sign_or_sticker_order(
        partnership=walk.ground.partnership, ordered_on=walk.at.date(), by=walk.officer, at=walk.at, **told
    )
    client, address = browser(walk, walk.officer), url("placed", sign.pk, key="haren")

    form, unsaid = text_of(client, address), back(client, address, day="soon")

    sign.refresh_from_db()
    assert "<form" in form
    assert INVALID in unsaid
    assert sign.placed_on is None


@pytest.mark.parametrize("view", ["returned", "validated", "letters"])
def test_without_a_file_there_is_no_answer_to_it(walk: Journey, view: str) -> None:
    assert browser(walk, walk.officer).get(url(view)).status_code == 404


@pytest.mark.parametrize(
    ("view", "given"),
    [
        ("returned", {"returned_on": "soon", "remarks": "Une annexe manque."}),
        ("validated", {"validated_on": "soon", "reference": "DGSP-1"}),
        ("letters", {"mayor_on": "soon"}),
    ],
)
def test_what_fps_interior_answers_is_asked_for_with_its_day(walk: Journey, view: str, given: dict[str, str]) -> None:
    told = {"state": "sent", "opened_at": walk.at, "sent_on": walk.at.date()}
    Recognition.objects.create(partnership=walk.partnership, **told)
    client = browser(walk, walk.officer)

    form, unsaid = text_of(client, url(view)), back(client, url(view), **given)

    file = Recognition.objects.get()
    assert "<form" in form
    assert INVALID in unsaid
    assert (file.state, file.mayor_told_on) == ("sent", None)


def test_the_file_comes_as_a_zip_and_in_no_other_form(walk: Journey, monkeypatch: pytest.MonkeyPatch) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        made.writestr("register.json", "{}")
    monkeypatch.setattr("plp.launch.dossier.dossier_zip", lambda *_given, **_more: packed.getvalue())
    client = browser(walk, walk.officer)

    answer = client.get(url("file", "zip"))

    assert answer.headers["Content-Type"] == "application/zip"
    assert zipfile.ZipFile(io.BytesIO(answer.content)).namelist() == ["register.json"]
    assert client.get(url("file", "exe")).status_code == 404


def test_a_fact_is_ticked_on_a_day(walk: Journey) -> None:
    client, address = browser(walk, walk.officer), url("tick", "committee_settled")

    form, unsaid = text_of(client, address), back(client, address, day="soon")

    assert "<form" in form
    assert INVALID in unsaid
    assert not Tick.objects.exists()


def test_going_on_is_asked_first(walk: Journey) -> None:
    assert "<form" in text_of(browser(walk, walk.officer), url("go_on"))
    assert Partnership.objects.get(key="saule").state != State.CREATION


def test_a_step_that_is_none_is_not_opened_again(walk: Journey) -> None:
    assert browser(walk, walk.officer).get(url("reopen", "nothing")).status_code == 404
    assert not Reopening.objects.exists()


def test_a_chief_reads_the_rule_of_the_zone_before_deciding(walk: Journey) -> None:
    zone = walk.ground.cast.zone
    chief, address = browser(walk, walk.ground.cast.chief), reverse("launch:plan:zone", args=[zone.pk])
    held = does_zone_of_area_need_recognition(zone)

    form, unsaid = text_of(chief, address), back(chief, address, needs_recognition="perhaps")

    assert "<form" in form
    assert INVALID in unsaid
    assert does_zone_of_area_need_recognition(zone) == held


def test_a_zone_without_recognition_says_so_and_waits_for_nobody(walk: Journey) -> None:
    recognition.set_recognition_and_figures_rule_of_zone(
        zone=walk.ground.cast.zone, needs_recognition=False, by=walk.ground.cast.chief, at=walk.at
    )
    now = step_plan_progress_of_partnership(walk.partnership, at=walk.at)
    step = now.state_of_step("recognition")
    assert step is not None

    with translation.override("en"):
        words = standing_label(step)

    offices = [
        office
        for _role, awaited in awaited_offices_by_role_name(offices_awaited_in_open_steps(now, at=walk.at))
        for office in awaited
    ]
    named = [fact.missing for office in offices for fact in office.facts]
    assert words == "not asked for in this zone"
    assert not {str(fact.missing) for fact in step.missing} & {str(one) for one in named}


def test_what_waits_longer_than_usual_is_counted(walk: Journey) -> None:
    walk.at += timedelta(days=60)

    with translation.override("en"):
        *_mine, late = launch_plan_tasks(walk.officer, walk.at)

    assert late.url == reverse("launch:plan:all")
    assert "longer than usual" in str(late.title)


def test_without_an_evening_the_way_leads_to_planning_one(walk: Journey) -> None:
    assert way(walk, "evening_held") == reverse("evening:plan", args=["saule"])


def test_the_way_to_the_signatures_follows_the_charter(walk: Journey) -> None:
    none_yet = way(walk, "charter_signed")
    walk.go_through(before("clauses_agreed"))
    walk.go("clauses_agreed")
    agreed = way(walk, "charter_signed")

    assert none_yet == reverse("charter:home", args=["saule"])
    assert agreed == reverse("charter:put_up", args=["saule"])


def test_who_writes_messages_writes_the_first_and_who_relays_finds_it(walk: Journey) -> None:
    coordinator, committee = person("Cléo Coordinatrice"), person("Emma Comité")
    hold(coordinator, Role.COORDINATOR, walk.partnership.area)
    hold(committee, Role.COMMITTEE, walk.partnership.area)

    ways = [way(walk, "first_message", one) for one in (walk.officer, coordinator, committee)]

    chosen = f"{reverse('notices:write:new')}?partnership={walk.partnership.pk}"
    assert ways[:2] == [chosen, reverse("notices:relay:inbox")]
    assert "inbox" not in ways[2]


def test_the_way_to_the_evening_follows_its_state(walk: Journey) -> None:
    starts = walk.at + timedelta(days=9)
    meeting = planned(walk.partnership, starts_at=starts, ends_at=starts + timedelta(hours=2))

    assert way(walk, "evening_held") == reverse("evening:convene", args=["saule", meeting.pk])


def test_whose_turn_it_is_to_sign_is_led_to_the_sheet(walk: Journey, monkeypatch: pytest.MonkeyPatch) -> None:
    set_quickly(monkeypatch)
    walk.go_through(before("charter_signed"))
    deed = deed_in_preparation_or_signed(walk.partnership, "charter")
    assert deed is not None
    charter.freeze_and_mail_for_signature(deed=deed, order=[], may_be_untranslated=True, by=walk.officer, at=walk.at)

    ways = [way(walk, "charter_signed", one) for one in (walk.officer, walk.mayor)]

    assert ways == [reverse("charter:sign", args=["saule", slot]) for slot in ("officer", "municipality")]


def test_what_is_waived_is_waited_for_by_nobody(walk: Journey) -> None:
    now = step_plan_progress_of_partnership(walk.partnership, at=walk.at)
    (step, *others) = now.open_steps

    waived = replace(now, states=[replace(one, is_waived=one in now.open_steps) for one in now.states])

    assert awaited_offices_by_role_name(offices_awaited_in_open_steps(now, at=walk.at))
    assert step.missing
    assert others == []
    assert awaited_offices_by_role_name(offices_awaited_in_open_steps(waived, at=walk.at)) == []


@pytest.mark.parametrize(
    ("fact", "view"), [("committee_settled", "launch:plan:tick"), ("evaluated", ""), ("opened", "")]
)
def test_what_is_ticked_instead_is_not_the_act_itself(walk: Journey, fact: str, view: str) -> None:
    request = HttpRequest()
    request.person, request.at = walk.officer, walk.at  # type: ignore[attr-defined]
    state = replace(step_plan_progress_of_partnership(walk.partnership, at=walk.at).states[0], missing=(FACTS[fact],))

    tick = url_to_tick_next_fact(state, PageAccess(request, walk.partnership))  # type: ignore[arg-type]

    assert tick == (reverse(view, args=["saule", fact]) if view else "")
