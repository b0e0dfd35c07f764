"""The groundwork as it grows, in the words of its overview; its forms when they come back."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from plp.launch.actions import surveys
from plp.partnership import statements
from plp.partnership.models import Statement
from plp.portal.subjects.launch.groundwork.overview import groundwork_overview
from tests.launch.ground import Ground
from tests.portal.launch.groundwork.test_views import TALK, text, url
from tests.portal.signing import AT, signed_in

pytestmark = pytest.mark.django_db
INVALID = 'aria-invalid="true"'
PLAINLY = "Write plain words here"


def said(ground: Ground, view: str) -> tuple[str, str]:
    """How a piece of work stands: its words and its state."""
    with translation.override("en"):
        (work,) = [one for one in groundwork_overview(ground.partnership) if one.url == url(view)]
    return work.words, work.state


def test_everybody_was_spoken_to_when_the_last_authority_answered(ground: Ground) -> None:
    client = signed_in(ground.officer)
    states = [said(ground, "talks")[1]]  # the municipality answers as the administrative authority too
    for authority in ("police", "municipality", "governor", "prosecutor"):
        outcome = "against" if authority == "prosecutor" else "agreed"
        text(client, url("talk_new"), {**TALK, "authority": authority, "outcome": outcome})
        states.append(said(ground, "talks")[1])

    words, _state = said(ground, "talks")
    assert states == ["to do", "under way", "under way", "under way", "done"]
    assert words == "Everybody was spoken to. An authority advises against it."


def test_every_party_said_what_it_wants(ground: Ground) -> None:
    for party in ("residents", "police", "municipality"):
        for kind in Statement.Kind.values:
            told = {"party": party, "kind": kind, "text": f"{party} {kind}", "language": "fr"}
            statements.add_statement(partnership=ground.partnership, **told, by=ground.officer, at=AT)

    assert said(ground, "statements") == ("Every party said what it wants.", "done")


def test_who_must_know_is_counted(ground: Ground) -> None:
    client = signed_in(ground.coordinator)
    nobody = said(ground, "stakeholders")
    text(client, url("stakeholders"), {"who": "École du Chêne", "concern": ""})
    one = ground.partnership.stakeholders.get()

    assert nobody == ("Nobody is on the list yet.", "to do")
    assert said(ground, "stakeholders") == ("0 of 1 were told.", "under way")
    assert client.get(url("proof", one.pk)).status_code == 404


def test_a_survey_runs_and_is_over(ground: Ground) -> None:
    survey = surveys.open_survey_and_create_address_codes(
        partnership=ground.partnership, last_day=AT.date() + timedelta(days=9), by=ground.officer, at=AT
    )
    running = said(ground, "survey")
    surveys.close_survey(survey=survey, by=ground.officer, at=AT)

    assert running == ("It is running. 0 addresses answered.", "under way")
    assert said(ground, "survey")[0] == "0 addresses answered. So few say nothing about support."


def test_a_show_of_hands_is_asked_for_and_counts(ground: Ground) -> None:
    client = signed_in(ground.officer)
    hands = {"occasion": "Fête de quartier", "held_on": "2026-11-24", "yes": "20", "no": "1", "unsure": "0"}

    form, bad = text(client, url("hands")), text(client, url("hands"), {**hands, "yes": "many"})
    before = said(ground, "survey")
    text(client, url("hands"), hands)

    assert "<form" in form
    assert INVALID in bad
    assert before == ("Not opened yet. A show of hands counts too.", "to do")
    assert said(ground, "survey") == ("Hands were counted.", "done")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"held_on": "2026-11-26"}, "This day is still to come"),
        ({"remark": "a\u202eb"}, PLAINLY),
        ({"persons": ""}, "This field is required"),
    ],
)
def test_a_talk_that_is_completed_badly_stays_as_it_was(ground: Ground, changes: dict[str, str], sentence: str) -> None:
    client = signed_in(ground.officer)
    text(client, url("talk_new"), TALK)
    talk = ground.partnership.consultations.get()

    form = text(client, url("talk", talk.pk))
    page = text(client, url("talk", talk.pk), {**TALK, "outcome": "conditions", **changes})

    talk.refresh_from_db()
    assert "Inspecteur Exemple" in form
    assert sentence in page
    assert (talk.outcome, str(talk.held_on)) == ("agreed", TALK["held_on"])


def test_statements_with_hidden_signs_stay_as_they_were_and_the_rest_stays_typed(ground: Ground) -> None:
    told = {"party": "police", "kind": "motive", "text": "Se connaître", "language": "fr"}
    statement = statements.add_statement(partnership=ground.partnership, **told, by=ground.officer, at=AT)
    client = signed_in(ground.officer)

    name = f"police_motive_{statement.pk.hex}"
    page = text(client, url("statements"), {name: "a\u202eb", "residents_motive": "Être informés"})

    assert INVALID in page
    assert 'value="Être informés"' in page
    assert Statement.objects.get().text == "Se connaître"


def test_changed_words_ask_once_to_look_at_their_sisters(ground: Ground) -> None:
    details = {"party": "police", "kind": "motive", "text": "Se connaître", "language": "fr"}
    sisters = {"nl": "Elkaar kennen"}
    statement = statements.add_statement(
        partnership=ground.partnership, **details, others=sisters, by=ground.officer, at=AT
    )
    client, name = signed_in(ground.officer), f"police_motive_{statement.pk.hex}"
    sent = {name: "Se connaître mieux", f"{name}_language": "fr", f"{name}_nl": "Elkaar kennen"}

    asked_page = text(client, url("statements"), {**sent, f"{name}_checked": "Se connaître"})
    text(client, url("statements"), {**sent, f"{name}_checked": "Se connaître mieux"})

    assert "Look at its other languages too" in asked_page
    assert "Elkaar kennen</textarea>" in asked_page
    statement.refresh_from_db()
    assert (statement.text, statement.text_in("text", "nl", ["fr", "nl"])) == ("Se connaître mieux", "Elkaar kennen")


def test_a_stakeholder_and_a_telling_with_hidden_signs_are_refused(ground: Ground) -> None:
    client = signed_in(ground.coordinator)
    listed = text(client, url("stakeholders"), {"who": "a\u202eb", "concern": ""})
    none_yet = ground.partnership.stakeholders.count()
    text(client, url("stakeholders"), {"who": "École", "concern": ""})
    one = ground.partnership.stakeholders.get()

    told = {"told_on": "2026-12-24", "means": "letter", "proof": "Lettre"}
    late = text(client, reverse("launch:groundwork:stakeholder", args=["haren", one.pk]), told)

    one.refresh_from_db()
    assert PLAINLY in listed
    assert none_yet == 0
    assert "This day is still to come" in late
    assert one.told_on is None
