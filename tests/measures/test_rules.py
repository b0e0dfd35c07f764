"""The calendar of appeals, and the ladders as data."""

from datetime import UTC, date, datetime, timedelta

import pytest

from plp.documents import document_html
from plp.documents.blocks import plain_text
from plp.documents.letter import parts_of_letter
from plp.mandates.grants import GRANTS
from plp.measures.actions import appeals, files
from plp.measures.ladders import LADDERS, Effect
from plp.measures.papers import appeal_paper, measure_paper
from plp.measures.queries import measures_of
from plp.measures.rules import appeal_closing_time, appeal_days_left, last_appeal_day
from plp.measures.states import MeasureStep
from plp.people.models import Household
from plp.places.models import Street
from tests.factories.cast import NOW
from tests.measures.stage import Stage


@pytest.mark.parametrize(
    ("taken", "last", "closes"),
    [
        (datetime(2026, 3, 20, 10, tzinfo=UTC), date(2026, 4, 10), datetime(2026, 4, 10, 22, tzinfo=UTC)),  # spring
        (datetime(2026, 10, 10, 10, tzinfo=UTC), date(2026, 10, 31), datetime(2026, 10, 31, 23, tzinfo=UTC)),  # autumn
        (datetime(2026, 10, 3, 22, 30, tzinfo=UTC), date(2026, 10, 25), datetime(2026, 10, 25, 23, tzinfo=UTC)),
    ],
)
def test_three_weeks_end_at_midnight_in_brussels_over_both_changes_of_the_hour(
    taken: datetime, last: date, closes: datetime
) -> None:
    minute = timedelta(minutes=1)

    assert (last_appeal_day(taken, 21), appeal_closing_time(taken, 21)) == (last, closes)
    assert [appeal_days_left(taken, 21, at=at) for at in (taken, closes - minute, closes)] == [21, 1, 0]


def test_a_ladder_begins_with_a_talk_and_each_office_may_do_what_it_is_asked() -> None:
    for ladder in LADDERS.values():
        assert [rung.step for rung in ladder.rungs] == list(MeasureStep)
        assert [rung.effect for rung in ladder.rungs] == [Effect.NONE, Effect.NONE, Effect.SUSPENDS, Effect.ENDS]
        for role in {role for rung in ladder.rungs for role in (*rung.proposers, *rung.signers, *ladder.opened_by)}:
            assert ladder.permission in GRANTS[role]
    assert [len(LADDERS[key].rung(MeasureStep.EXCLUSION).signers) for key in LADDERS] == [3, 3]
    assert [LADDERS[key].rung(MeasureStep.EXCLUSION).appeal_days for key in LADDERS] == [0, 21]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_every_letter_is_whole_in_every_language(language: str) -> None:
    stage = Stage()
    papers = []
    for file in (stage.about_member(), stage.about_coordinator()):
        for step in (MeasureStep.REPRIMAND, MeasureStep.SUSPENSION, MeasureStep.EXCLUSION):
            stage.taken(file, step)
        papers += [measure_paper(one, language) for one in measures_of(file, seen_by_deciders=False)]
    removal = file.measures.get(step=MeasureStep.EXCLUSION)
    appeal = appeals.note_appeal_and_notify(measure=removal, way="letter", sent_on=NOW.date(), by=stage.mayor, at=NOW)
    appeals.decide_appeal_and_restore_if_upheld(
        appeal=appeal, upheld=False, words_fingerprint="", proven_at=NOW, by=stage.mayor, at=NOW
    )
    papers.append(appeal_paper(appeal, language))

    addressed = [plain_text(letter.address) for letter in map(parts_of_letter, papers) if letter is not None]
    assert [paper.missing for paper in papers] == [()] * 9
    assert addressed == [stage.member.name] * 4 + [stage.here.coordinator.name] * 5


@pytest.mark.django_db
def test_where_somebody_lives_stands_in_the_posted_letter_alone() -> None:
    stage = Stage()
    measure = stage.about_member().measures.get()
    street = Street.objects.create(
        nis="21004", postcode="1130", register_id="v", name_fr="Rue de Verdun", name_nl="Verdunstraat", folded="v"
    )
    measure.file.person.household = Household.objects.create(street=street, house="12", digest="a")

    read, posted = (measure_paper(measure, "fr", with_address=posted) for posted in (False, True))

    addresses = [plain_text(letter.address) for letter in map(parts_of_letter, (read, posted)) if letter is not None]
    assert addresses[0] == stage.member.name
    assert addresses[1].startswith(f"{stage.member.name} Rue de Verdun 12")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("came", "words"),
    [(True, "a talk with you took place."), (False, "you were invited to a talk. It did not take place.")],
)
def test_the_letter_of_a_removal_says_whether_the_last_talk_took_place(*, came: bool, words: str) -> None:
    stage = Stage()
    file = stage.about_coordinator()
    files.note_talk_and_notify(file=file, held_on=NOW.date(), came=came, by=stage.officer, at=NOW + timedelta(hours=1))

    removal = stage.taken(file, MeasureStep.EXCLUSION, at=NOW + timedelta(hours=2))

    assert words in document_html(measure_paper(removal, "en"))
