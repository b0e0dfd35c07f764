"""What the officer's pages show before anything is sent, and what they refuse."""

from datetime import timedelta

import pytest
from django.utils import translation

from plp.mandates.grants import Role
from plp.notices import actions as notices
from plp.notices.models import DecisionModel, Notice, Reading, Recommendation
from plp.notices.rules.decision_model import DEFAULTS, SituationFacts
from plp.people.models import Person
from plp.portal.subjects.notices.checks import copy_previews
from plp.portal.subjects.notices.desk.offers import notice_desk_tasks
from plp.portal.subjects.notices.guidance.aid import other_quarters_concerned
from plp.portal.subjects.notices.message import message_history
from plp.portal.subjects.notices.write.forms import NoticeDetailsForm
from plp.toolbox import clock
from plp.toolbox.ids import new_random_id
from tests.factories.cast import NOW, Cast, area, hold, person
from tests.notices.test_notices import drafted, let_go, submitted
from tests.portal.notices.test_guidance import text, url
from tests.portal.signing import AT, signed_in

pytestmark = pytest.mark.django_db
RULE = {"urgency": "now", "kind": "alarm", "subjects": ["till_trick"]}


@pytest.fixture
def boss(cast: Cast) -> Person:
    """A supervisor of the zone, who decides on its rules."""
    someone = person("Eva Exemple")
    hold(someone, Role.SUPERVISOR, cast.zone)
    return someone


def test_no_prosecutor_was_asked_tomorrow(cast: Cast) -> None:
    notice = drafted(cast)
    days = [clock.local(AT).date() + timedelta(days=number) for number in (0, 1)]

    forms = [
        NoticeDetailsForm({"reason": "threat", "prosecutor_consulted_on": day.isoformat()}, notice=notice)
        for day in days
    ]

    assert [list(form.errors) for form in forms] == [[], ["prosecutor_consulted_on"]]


def test_what_passed_with_a_reason_shows_the_words_it_was_about(cast: Cast) -> None:
    notice = drafted(cast)
    notices.write_text_and_drop_composition(
        notice=notice, language="fr", title="Vol", core="La plaque est 1-ABC-123.", more="", by=cast.officer, at=NOW
    )
    words = {"language": "fr", "rule": "number_plate", "excerpt": "1-ABC-123", "reason": "Demande écrite du parquet"}
    notices.save_override_of_finding_with_reason(notice=notice, by=cast.officer, at=NOW, **words)

    page = text(signed_in(cast.officer), url("desk:detail", notice.pk))

    assert '<q lang="fr">1-ABC-123</q> Demande écrite du parquet' in page


def test_an_advice_without_words_is_asked_for(cast: Cast) -> None:
    officer = signed_in(cast.officer)

    form = text(officer, url("guidance:advice", "haren"))
    empty = officer.post(url("guidance:advice", "haren"), {"words": "", "kind": "alarm"}).content.decode()

    assert "<form" in form
    assert 'aria-invalid="true"' in empty
    assert not Recommendation.objects.exists()


def facts(**changes: str) -> SituationFacts:
    """Answers on a trick at the till."""
    given = {"subject": "till_trick", "time": "past", "victims": "traders", "threat": "none", "reach": "zone"}
    return SituationFacts(**{**given, **changes})


def test_what_stays_in_the_quarter_reaches_no_other(cast: Cast) -> None:
    here, others = cast.here.partnership, [cast.here.partnership, cast.next_door.partnership]

    assert other_quarters_concerned(here, facts(reach="quarter"), others) == []
    assert other_quarters_concerned(here, facts(), others) == [cast.next_door.partnership]


def test_answers_that_no_rule_fits_say_so(cast: Cast, boss: Person) -> None:
    told = {"priorities": [], "weekday": 3, "by": boss, "at": NOW}
    notices.set_decision_model_of_zone(zone=cast.zone, guidelines=DEFAULTS[:1], **told)
    answers = {
        "partnership": cast.here.partnership.pk,
        "subject": "till_trick",
        "time": "in_act",
        "victims": "elderly",
        "threat": "around",
        "reach": "quarter",
    }

    shown = signed_in(cast.officer).post(url("guidance:aid"), answers).content.decode()

    assert "No rule of the zone fits these answers." in shown


def test_a_message_without_words_has_no_copies(cast: Cast) -> None:
    assert copy_previews(drafted(cast), {}, at=NOW) == []


def test_the_only_quarter_is_chosen_already(cast: Cast) -> None:
    coordinator_of_one = person("Olga Agent")
    hold(coordinator_of_one, Role.OFFICER, cast.abroad.area)

    one, several = (text(signed_in(who), url("write:new")) for who in (coordinator_of_one, cast.officer))

    assert f'<option value="{cast.abroad.partnership.pk}" selected' in one
    assert f'<option value="{cast.here.partnership.pk}" selected' not in several


@pytest.mark.parametrize(("kind", "asked"), [("missing_person", True), ("advice", False)])
def test_a_reference_is_asked_for_where_the_kind_needs_one(cast: Cast, kind: str, *, asked: bool) -> None:
    assert ("official_reference" in NoticeDetailsForm(notice=Notice(kind=kind)).fields) == asked


def test_the_way_of_a_message_names_who_acknowledged_it(cast: Cast) -> None:
    notice = let_go(submitted(cast), cast)
    Reading.objects.create(notice=notice, person=cast.here.coordinator, seen_at=NOW, acknowledged_at=AT)

    assert ("Acknowledged by the coordinator", "Clara Haren") in told(notice)


def told(notice: Notice) -> list[tuple[str, str]]:
    """The way of a message in English: what, and who."""
    with translation.override("en"):
        return [(str(step.title), step.who) for step in message_history(notice)]


def test_the_way_of_a_message_keeps_each_to_and_fro(cast: Cast) -> None:
    author, second = cast.officer.name, cast.second_officer.name
    notice = submitted(cast)
    notices.return_submitted_notice_to_author(notice=notice, because="Le lieu manque.", by=cast.second_officer, at=NOW)
    notices.submit_notice_for_release(notice=notice, by=cast.officer, at=NOW)
    notices.return_submitted_notice_to_author(notice=notice, because="", by=cast.officer, at=NOW)
    notices.drop_draft_and_free_infoflash_items(notice=notice, by=cast.officer, at=NOW)
    notices.restore_dropped_draft(notice=notice, by=cast.officer, at=NOW)

    assert told(notice) == [
        ("Drafted", author),
        ("Offered for release", author),
        ("Sent back", second),
        ("Offered for release", author),
        ("Taken back", author),
        ("Dropped", author),
        ("Taken up again", author),
    ]


def test_what_the_machine_drafted_says_so(cast: Cast) -> None:
    notice = notices.create_notice_draft(
        partnership=cast.here.partnership, kind="alarm", reason="threat", by=None, at=NOW
    )

    assert told(notice) == [("Drafted", "the platform itself")]


def test_the_way_of_a_message_brought_in_is_what_it_keeps(cast: Cast) -> None:
    notice = submitted(cast)
    notice.pk, notice._state.adding = new_random_id(), True
    notice.save()

    assert told(notice) == [("Drafted", cast.officer.name), ("Offered for release", cast.officer.name)]


def test_a_rule_without_a_message_has_no_kind(cast: Cast, boss: Person) -> None:
    signed_in(boss).post(url("guidance:guideline", cast.zone.pk, 0), RULE | {"urgency": "none"})

    assert DecisionModel.objects.get().guidelines[-1]["kind"] == ""


def test_whoever_decides_for_two_zones_chooses_one(cast: Cast, boss: Person) -> None:
    other = area("zone", "be/z10/", "Zone Dix")
    hold(boss, Role.SUPERVISOR, other)

    shown = text(signed_in(boss), url("guidance:models"))

    assert "Zone Un" in shown
    assert "Zone Dix" in shown


def test_a_rule_that_is_none_is_not_moved_and_an_unknown_act_does_nothing(cast: Cast, boss: Person) -> None:
    client, zone = signed_in(boss), cast.zone.pk

    beyond = [client.post(url("guidance:shift", zone, number), {"act": "up"}).status_code for number in (0, 99)]
    unknown = client.post(url("guidance:shift", zone, 1), {"act": "sideways"})

    assert beyond == [404, 404]
    assert unknown["Location"] == url("guidance:model", zone)
    assert not DecisionModel.objects.exists()


def test_the_rules_are_set_back_after_a_question(cast: Cast, boss: Person) -> None:
    client, zone = signed_in(boss), cast.zone.pk
    client.post(url("guidance:guideline", zone, 0), RULE)

    asked = text(client, url("guidance:model_reset", zone))

    assert "<form" in asked
    assert len(DecisionModel.objects.get().guidelines) == len(DEFAULTS) + 1


def test_the_first_page_names_what_came_back_and_what_is_ready_to_be_read(cast: Cast) -> None:
    back = submitted(cast)
    notices.return_submitted_notice_to_author(
        notice=back, because="Écrivez l’heure aussi.", by=cast.second_officer, at=NOW
    )
    gathered = drafted(cast, "advice")
    notices.hold_draft_for_next_infoflash(notice=gathered, by=cast.officer, at=NOW)
    notices.draft_due_infoflashes(by=None, at=NOW + timedelta(days=2))

    with translation.override("en"):
        titles = [str(task.title) for task in notice_desk_tasks(cast.officer, AT + timedelta(days=2))]

    assert "1 draft came back to you" in titles
    assert "1 digest is ready to be read" in titles


def test_a_template_fills_the_languages_that_have_no_words_yet(cast: Cast) -> None:
    notice = notices.create_notice_draft(
        partnership=cast.here.partnership, kind="alarm", reason="threat", by=cast.officer, at=NOW
    )
    officer = signed_in(cast.officer)

    officer.post(url("write:template", notice.pk), {"subject": "gossip"})
    before = notice.texts.count()
    page = officer.post(url("write:template", notice.pk), {"subject": "door_fraud"}, follow=True).content.decode()

    assert before == 0
    assert "[gespeelde rol]" in page
    assert notice.texts.get(language="nl").core.startswith("Oplichters doen zich in de buurt voor als [gespeelde rol].")
