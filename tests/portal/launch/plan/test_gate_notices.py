"""A form that comes before its gate is answered with what is to be finished first; a stranger learns nothing."""

from datetime import timedelta

import pytest
from django.urls import reverse

from plp.evening import actions as evening
from plp.evening.actions import MeetingPlan
from plp.evening.models import Meeting
from plp.launch.plan import PLANS
from plp.partnership.gates import PartnershipOver
from plp.partnership.models import Partnership
from plp.portal.subjects.launch.plan.gate_notices import GATES
from plp.toolbox import clock
from tests.launch.journey import Journey, before
from tests.portal.guide.test_help import views
from tests.portal.launch.plan.test_launch import browser


def test_every_gate_names_an_address_and_a_step_that_exist() -> None:
    assert sorted(set(GATES) - set(views())) == []
    assert {gate for gate in GATES.values() if gate} <= {step.key for step in PLANS["be-2022"].steps}


@pytest.mark.django_db
def test_the_area_waits_for_the_talks_and_a_launched_partnership_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    walk = Journey()
    monkeypatch.setattr(clock, "now", lambda: walk.at)
    said = {"police_motive": "Mieux se connaître.", "police_motive_language": "fr"}

    shown = browser(walk, walk.officer).get(reverse("launch:groundwork:statements", args=["saule"]))
    early = browser(walk, walk.officer).post(reverse("launch:groundwork:statements", args=["saule"]), said)
    foreign = browser(walk, walk.ground.stranger).post(reverse("launch:groundwork:statements", args=["saule"]), said)
    walk.go_through(before("area_drawn"))
    opened = browser(walk, walk.officer).get(reverse("launch:groundwork:statements", args=["saule"]))
    later = browser(walk, walk.officer).post(reverse("launch:groundwork:statements", args=["saule"]), said)
    running = browser(walk, walk.officer).post(reverse("launch:groundwork:statements", args=["haren"]), said)

    assert b"is not open yet. First finish: Consultation." in shown.content
    assert b"is not open yet" not in opened.content
    assert early.status_code == 409
    assert b"is not open yet. First finish: Consultation." in early.content
    assert foreign.status_code == 404
    assert [later.status_code, running.status_code] == [302, 302]
    assert Partnership.objects.get(key="saule").statements.count() == 1


@pytest.mark.django_db
def test_what_is_said_of_a_shut_gate_stands_on_that_page_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    walk = Journey()
    monkeypatch.setattr(clock, "now", lambda: walk.at)
    officer = browser(walk, walk.officer)

    absent = officer.get(reverse("charter:put_up", args=["saule"]))
    after = officer.get(reverse("launch:plan:where", args=["saule"]))

    assert absent.status_code == 404
    assert after.status_code == 200
    assert b"is not open yet" not in after.content


@pytest.mark.django_db
def test_no_meeting_is_prepared_for_a_partnership_that_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    walk, ended = Journey(), b"This partnership has ended."
    monkeypatch.setattr(clock, "now", lambda: walk.at)
    officer, begins = browser(walk, walk.officer), walk.at + timedelta(days=14)
    plan = MeetingPlan("École", "Rue de Verdun 1", begins, begins + timedelta(hours=2), ["fr"])
    haren = Partnership.objects.get(key="haren")
    meeting = evening.plan_meeting(partnership=haren, plan=plan, by=walk.officer, at=walk.at)
    acts = [reverse(f"evening:{page}", args=["haren", meeting.pk]) for page in ("convene", "change", "detail")]
    pages = [reverse("evening:plan", args=["haren"]), *acts]
    assert [ended in officer.get(page).content for page in pages] == [False] * 4
    Partnership.objects.filter(pk=haren.pk).update(state="ended")

    shown = [officer.get(page).content for page in pages]
    refused = officer.post(pages[1], {"invites": "True"})

    assert [ended in page for page in (*shown, refused.content)] == [True] * 5
    assert [*Meeting.objects.values_list("state", flat=True)] == ["planned"]
    haren.refresh_from_db()
    with pytest.raises(PartnershipOver):
        evening.plan_meeting(partnership=haren, plan=plan, by=walk.officer, at=walk.at)
    meeting = Meeting.objects.get()
    with pytest.raises(PartnershipOver):
        evening.change_planned_meeting(meeting=meeting, plan=plan, by=walk.officer, at=walk.at)
