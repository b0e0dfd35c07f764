"""The officer decides, begins with a template, chooses quarters, gathers, advises: pages and rights both ways."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from plp.mandates.grants import Role
from plp.notices import actions as notices
from plp.notices.models import DecisionModel, Forwarding, Notice, Recommendation, Withholding
from plp.notices.states import ForwardingState, State
from plp.partnership.models import Partnership
from plp.places.models import Area
from tests.factories.cast import NOW, Cast, hold, person
from tests.notices.test_notices import drafted, let_go
from tests.portal.signing import signed_in

pytestmark = pytest.mark.django_db
WORDS = {"fr": "Attachez toujours votre vélo.", "nl": "Maak uw fiets altijd vast."}


def url(name: str, *parts: object) -> str:
    return reverse(f"notices:{name}", args=parts)


def asked(cast: Cast) -> Forwarding:
    """A message released here that waits for the police abroad."""
    lead = drafted(cast)
    notices.set_other_partnerships_of_draft(
        notice=lead, partnerships=[cast.abroad.partnership], by=cast.officer, at=NOW
    )
    notices.submit_notice_for_release(notice=lead, by=cast.officer, at=NOW)
    return let_go(lead, cast).forwardings.get()


def text(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_the_aid_proposes_and_fills_the_new_message_in(cast: Cast) -> None:
    officer = signed_in(cast.officer)
    answers = {
        "partnership": cast.here.partnership.pk,
        "subject": "door_fraud",
        "time": "in_act",
        "victims": "elderly",
        "threat": "around",
        "reach": "around",
    }

    shown = officer.post(url("guidance:aid"), answers).content.decode()
    assert "Rule 4 of the zone fits." in shown
    assert "You answered: The offenders may still be near." in shown
    assert "<li>When? It is happening, or ended less than 15 minutes ago · Today</li>" in shown
    found = re.search(r'href="(/police/new/\?[^"]+)"', shown)
    assert found
    new = text(officer, found[1].replace("&amp;", "&"))
    assert re.search(r'value="alarm"[^>]* checked', new)
    chosen = {
        "partnership": cast.here.partnership.pk,
        "also": [cast.next_door.partnership.pk],
        "kind": "alarm",
        "reason": "threat",
        "subject": "door_fraud",
    }
    officer.post(url("write:new"), chosen)

    notice = Notice.objects.get()
    assert [one.partnership for one in notice.forwardings.all()] == [cast.next_door.partnership]
    assert notice.texts.get(language="nl").core.startswith("Oplichters doen zich in de buurt voor als [gespeelde rol].")
    stopped = officer.post(url("write:submit", notice.pk), follow=True).content.decode()
    assert "the template left it open" in stopped
    assert Notice.objects.filter(state=State.DRAFT).count() == 1


def test_a_wider_reach_that_names_nobody_is_said_or_not_asked(cast: Cast) -> None:
    officer = signed_in(cast.officer)
    answers = {"subject": "door_fraud", "time": "days", "victims": "anyone", "threat": "repeats", "reach": "around"}
    Area.objects.filter(pk=cast.next_door.area.pk).update(
        boundary={"type": "Polygon", "coordinates": [[[5, 50], [5.1, 50], [5.1, 50.1], [5, 50]]]}
    )
    Area.objects.filter(pk=cast.here.area.pk).update(
        boundary={"type": "Polygon", "coordinates": [[[4, 50], [4.1, 50], [4.1, 50.1], [4, 50]]]}
    )

    shown = officer.post(url("guidance:aid"), {**answers, "partnership": cast.here.partnership.pk}).content.decode()
    Partnership.objects.exclude(pk=cast.here.partnership.pk).update(state="closed")
    alone = text(officer, url("guidance:aid"))

    assert "You write to no other neighbourhood as far as that." in shown
    assert re.findall(r'name="reach" value="(\w+)"', alone) == ["quarter", "beyond"]


def test_nothing_of_the_answers_is_kept_but_a_count(cast: Cast) -> None:
    officer = signed_in(cast.officer)

    answer = officer.post(
        url("guidance:withhold"), {"partnership": cast.here.partnership.pk, "because": "secrecy"}, follow=True
    )
    assert "Nothing about the case is kept" in answer.content.decode()
    refused = officer.post(url("guidance:withhold"), {"partnership": cast.abroad.partnership.pk, "because": "secrecy"})
    assert "Select a valid choice" in refused.content.decode()

    assert [(one.because, one.count) for one in Withholding.objects.all()] == [("secrecy", 1)]
    assert "No message this year: 1 for the secrecy of an investigation, 0 for another" in text(
        officer, url("guidance:aid")
    )


def test_other_quarters_are_chosen_zone_by_zone(cast: Cast) -> None:
    notice, officer = drafted(cast), signed_in(cast.officer)
    here, next_door, abroad = cast.here.partnership, cast.next_door.partnership, cast.abroad.partnership

    plain = text(officer, url("reach:reach", notice.pk))
    there = text(officer, url("reach:reach", notice.pk) + "?zone=be/z10/")
    assert (str(next_door.pk) in plain, str(abroad.pk) in plain, str(here.pk) in plain) == (True, False, False)
    assert str(abroad.pk) in there
    officer.post(url("reach:reach", notice.pk) + "?zone=be/z10/", {"own": [next_door.pk], "there": [abroad.pk]})
    assert notice.forwardings.count() == 2
    officer.post(url("reach:reach", notice.pk), {"abroad": [abroad.pk]})

    assert [one.partnership for one in notice.forwardings.all()] == [abroad]
    assert "It also goes to: Malmedy" in " ".join(text(officer, url("write:edit", notice.pk)).split())


def test_the_police_of_the_place_accept_as_a_second_person(cast: Cast) -> None:
    passing = asked(cast)
    there = signed_in(cast.foreign_officer)

    assert "1 message from another police zone waits for your answer" in text(there, "/")
    assert url("reach:accept", passing.pk) in text(there, url("desk:desk"))
    shown = text(there, url("reach:accept", passing.pk))
    found = re.search(r'name="text_hash" value="(\w{64})"', shown)
    assert found
    assert "Written by Anne Exemple, Zone Un." in shown
    assert there.post(url("reach:accept", passing.pk), {"text_hash": "0" * 64}).status_code == 409
    there.post(url("reach:accept", passing.pk), {"text_hash": found[1]})

    passing.refresh_from_db()
    assert passing.state == ForwardingState.FORWARDED
    page = " ".join(text(signed_in(cast.officer), url("desk:detail", passing.lead.pk)).split())
    assert "Malmedy" in page
    assert "Zone Dix" in page
    assert there.get(url("reach:accept", passing.pk)).status_code == 404


def test_a_refusal_stands_beside_the_quarter(cast: Cast) -> None:
    passing = asked(cast)
    there = signed_in(cast.foreign_officer)

    assert there.post(url("reach:decline", passing.pk), {"because": "no"}).status_code == 409
    there.post(url("reach:decline", passing.pk), {"because": "Nothing like it happened here"})

    officer = signed_in(cast.officer)
    assert "1 neighbourhood did not accept your message" in text(officer, "/")
    assert "Nothing like it happened here" in text(officer, url("desk:detail", passing.lead.pk))


def test_a_draft_is_gathered_taken_out_and_bundled(cast: Cast) -> None:
    notice, officer = drafted(cast, "advice"), signed_in(cast.officer)
    address = url("write:edit", notice.pk)
    form = {
        "reason": "prevention",
        "keeps_secrecy": "on",
        **{f"{key}-{part}": text for key, text in WORDS.items() for part in ("title", "core")},
        "gather": "1",
    }

    officer.post(address, form)
    assert "On 26 November 2026 they become one draft" in text(officer, url("desk:desk"))
    officer.post(url("reach:take_out", notice.pk))
    notice.refresh_from_db()
    assert notice.state == State.DRAFT
    officer.post(address, form)
    answer = officer.post(url("reach:bundle"), follow=True).content.decode()
    assert "1 digest is among the drafts" in answer

    assert url("desk:detail", Notice.objects.get(kind="infoflash").pk) in text(officer, url("desk:detail", notice.pk))
    alarm = drafted(cast)
    refused = officer.post(url("write:edit", alarm.pk), {**form, "reason": "threat"}).content.decode()
    assert "does not wait for a digest" in refused


def test_a_supervisor_changes_the_rules_of_the_zone(cast: Cast) -> None:
    boss = person("Eva Exemple")
    hold(boss, Role.SUPERVISOR, cast.zone)
    client, zone = signed_in(boss), cast.zone.pk
    rule = {"urgency": "now", "kind": "alarm", "subjects": ["till_trick"], "only_priority": "on"}

    assert client.get(url("guidance:models"))["Location"] == url("guidance:model", zone)
    assert "These are the rules that we propose" in text(client, url("guidance:model", zone))
    wrong = client.post(url("guidance:guideline", zone, 0), rule | {"kind": ""}).content.decode()
    assert "Choose the kind of message" in wrong
    client.post(url("guidance:guideline", zone, 0), rule)
    client.post(url("guidance:shift", zone, 12), {"act": "up"})
    client.post(url("guidance:shift", zone, 1), {"act": "remove"})
    client.post(url("guidance:model", zone), {"priorities": ["till_trick"], "weekday": "1"})

    model = DecisionModel.objects.get()
    assert [one["subjects"] for one in model.guidelines][9] == ["till_trick"]
    assert (len(model.guidelines), model.priorities, model.bundle_weekday) == (11, ["till_trick"], 1)
    client.post(url("guidance:model_reset", zone))
    model.refresh_from_db()
    assert (model.guidelines[0]["subjects"], model.priorities) == (["missing"], ["till_trick"])
    assert client.get(url("guidance:guideline", zone, 99)).status_code == 404


def test_advice_stands_on_the_plan_page_of_the_coordinator(cast: Cast) -> None:
    officer, coordinator = signed_in(cast.officer), signed_in(cast.here.coordinator)
    given = {"words": "Agree on two people for the night <b>", "kind": "alarm", "subject": "burglary"}

    officer.post(url("guidance:advice", "haren"), given)
    plan = text(coordinator, reverse("charter:plan", args=["haren"]))
    assert "Agree on two people for the night &lt;b&gt;" in plan
    assert "Burglaries in the neighbourhood" in plan
    assert url("guidance:advice", "haren") not in plan
    officer.post(url("guidance:take_advice_back", "haren", Recommendation.objects.get().pk))

    assert "Agree on two people" not in text(coordinator, reverse("charter:plan", args=["haren"]))


def test_the_season_and_the_silent_quarters_are_shown(cast: Cast) -> None:
    shown = text(signed_in(cast.officer), url("guidance:prevention"))

    assert "Dark months" in shown
    assert ("Haren" in shown, "Laeken" in shown, "Malmedy" in shown) == (True, True, False)


def test_foreign_and_absent_answer_alike_and_other_roles_find_no_page(cast: Cast) -> None:
    passing, notice = asked(cast), drafted(cast)
    boss = person("Eva Exemple")
    hold(boss, Role.SUPERVISOR, cast.zone)
    officer, stranger, supervisor = signed_in(cast.officer), signed_in(cast.foreign_officer), signed_in(boss)
    coordinator = signed_in(cast.here.coordinator)

    for key in (notice.pk, uuid4()):
        assert stranger.get(url("reach:reach", key)).status_code == 404
        assert [
            stranger.post(url(name, key)).status_code
            for name in ("write:compose", "reach:take_out", "write:template", "reach:reach")
        ] == [404] * 4
    for key in (passing.pk, uuid4()):
        assert officer.get(url("reach:accept", key)).status_code == 404
        assert officer.post(url("reach:decline", key)).status_code == 404
    for zone in (Area.objects.get(path="be/z10/").pk, uuid4()):
        assert supervisor.get(url("guidance:model", zone)).status_code == 404
    for key in ("malmedy", "nowhere"):
        assert officer.get(url("guidance:advice", key)).status_code == 404
    for name in ("guidance:aid", "guidance:prevention", "guidance:models"):
        assert coordinator.get(url(name)).status_code == 404
    assert supervisor.get(url("guidance:aid")).status_code == 404
    assert officer.get(url("guidance:models")).status_code == 404
    assert coordinator.post(url("guidance:withhold")).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_of_a_message_costs_the_same_for_many_quarters(
    cast: Cast, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    places = [
        cast.quarter(key, f"be/z1/m21004/q-{key}/", cast.officer) for key in ("evere", "jette", "zellik")[:number]
    ]
    lead = drafted(cast)
    notices.set_other_partnerships_of_draft(
        notice=lead, partnerships=[one.partnership for one in places], by=cast.officer, at=NOW
    )
    notices.submit_notice_for_release(notice=lead, by=cast.officer, at=NOW)
    let_go(lead, cast)
    client = signed_in(cast.officer)

    with django_assert_num_queries(27):
        shown = text(client, url("desk:detail", lead.pk))
    assert shown.count("waiting to be relayed") == number + 2
