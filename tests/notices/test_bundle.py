"""The infoflash: what is not urgent gathers, and becomes one draft on the day of the zone (R134)."""

from datetime import UTC, datetime, timedelta

import pytest

from plp.mandates.grants import Role
from plp.notices import actions as notices
from plp.notices import refusals
from plp.notices.models import Notice
from plp.notices.queries import title_core_and_more_by_language
from plp.notices.rules.decision_model import DEFAULTS
from plp.notices.rules.infoflash import (
    can_wait_for_infoflash,
    infoflash_item_in_language_or_first,
    infoflash_languages,
    join_infoflash_items,
    join_infoflash_titles,
    next_infoflash_time,
    split_items_into_infoflash_portions,
)
from plp.notices.states import State
from tests.factories.cast import NOW, Cast, hold, person
from tests.notices.test_notices import drafted

THURSDAY = datetime(2026, 11, 26, 7, 0, tzinfo=UTC)  # eight o'clock in Brussels


def gathered(cast: Cast, *others: object) -> Notice:
    notice = drafted(cast, "advice")
    if others:
        notices.set_other_partnerships_of_draft(notice=notice, partnerships=others, by=cast.officer, at=NOW)
    notices.hold_draft_for_next_infoflash(notice=notice, by=cast.officer, at=NOW)
    return notice


def infoflashes() -> list[Notice]:
    return list(Notice.objects.filter(kind="infoflash").order_by("partnership__key"))


def test_the_day_comes_at_eight_on_the_clock_of_winter_and_summer() -> None:
    assert next_infoflash_time(NOW, 3) == THURSDAY
    assert next_infoflash_time(THURSDAY, 3) == THURSDAY + timedelta(days=7)
    assert next_infoflash_time(THURSDAY - timedelta(seconds=1), 3) == THURSDAY
    assert next_infoflash_time(datetime(2027, 3, 25, 7, 0, tzinfo=UTC), 3) == datetime(2027, 4, 1, 6, 0, tzinfo=UTC)


def test_words_say_which_language_they_are_in_and_fit() -> None:
    item = {"fr": ("Vélos", "Deux cadenas.", ""), "nl": ("Fietsen", "Twee sloten.", "")}

    assert infoflash_item_in_language_or_first(item, "nl", ["fr", "nl"]) == ("Fietsen", "Twee sloten.", "")
    assert infoflash_item_in_language_or_first(item, "de", ["nl", "fr"]) == ("Fietsen (NL)", "Twee sloten.", "")
    assert infoflash_item_in_language_or_first(item, "de", ["de", "en"]) == ("Vélos (FR)", "Deux cadenas.", "")
    assert join_infoflash_items([item["fr"], ("Een", "Twee", "Drie")]) == "Vélos\nDeux cadenas.\n\nEen\nTwee\nDrie"
    assert infoflash_languages([{"nl": item["nl"]}, item], ["de", "nl", "fr"]) == ["nl", "fr"]
    assert infoflash_languages([item], ["de"]) == ["fr", "nl"]
    assert infoflash_languages([item, item], ["nl"]) == ["nl", "fr"]
    assert infoflash_languages([{"nl": item["nl"]}, item], ["nl"]) == ["nl"]
    assert join_infoflash_titles([("Een", "", ""), ("Twee", "", "")], 9) == "Een; Twee"
    assert join_infoflash_titles([("Een", "", ""), ("Twee", "", "")], 8) == "Een; Tw…"
    assert join_infoflash_titles([("Een", "", ""), ("Twee", "", "")], 6) == "Een;…".replace(";", "")
    long = {"fr": ("T", "x" * 3000, "")}
    assert split_items_into_infoflash_portions([item, long, item, long], ["fr"]) == [[0, 1, 2], [3]]
    assert [kind for kind in ("alarm", "feedback", "missing_person", "advice") if can_wait_for_infoflash(kind)] == [
        "advice"
    ]


@pytest.mark.django_db
def test_one_draft_per_set_of_quarters_once(cast: Cast) -> None:
    both, mine = gathered(cast, cast.next_door.partnership), gathered(cast)

    assert notices.draft_due_infoflashes(by=None, at=THURSDAY - timedelta(seconds=1)) == 0
    assert notices.draft_due_infoflashes(by=None, at=THURSDAY + timedelta(hours=30)) == 2
    assert notices.draft_due_infoflashes(by=None, at=THURSDAY + timedelta(days=8)) == 0

    here, next_door = infoflashes()
    assert (here.state, here.author, list(here.items.order_by("gathered_at", "pk"))) == (
        State.DRAFT,
        None,
        sorted([both, mine], key=lambda one: one.pk),
    )
    assert list(next_door.items.all()) == [both]
    assert title_core_and_more_by_language(next_door) == title_core_and_more_by_language(both)
    title, core, more = title_core_and_more_by_language(here)["fr"]
    assert (title, core, more.count("Fermez à clé.")) == ("Vol par ruse; Vol par ruse", "Vol par ruse; Vol par ruse", 2)
    assert {one.state for one in Notice.objects.filter(kind="advice")} == {State.BUNDLED}


@pytest.mark.django_db
def test_the_same_items_for_several_quarters_make_one_draft_that_goes_to_all(cast: Cast) -> None:
    gathered(cast, cast.next_door.partnership)

    assert notices.draft_infoflash_now(by=cast.second_officer, at=NOW) == 1
    assert notices.draft_infoflash_now(by=cast.foreign_officer, at=NOW) == 0

    (bundle,) = infoflashes()
    assert [one.partnership for one in bundle.forwardings.all()] == [cast.next_door.partnership]
    assert bundle.author == cast.second_officer


@pytest.mark.django_db
def test_a_zone_sets_its_own_day(cast: Cast) -> None:
    boss = person("Eva Exemple")
    hold(boss, Role.SUPERVISOR, cast.zone)
    notices.set_decision_model_of_zone(zone=cast.zone, guidelines=DEFAULTS, priorities=[], weekday=0, by=boss, at=NOW)
    gathered(cast)

    assert notices.draft_due_infoflashes(by=None, at=THURSDAY) == 0
    assert notices.draft_due_infoflashes(by=None, at=datetime(2026, 11, 30, 7, 0, tzinfo=UTC)) == 1


@pytest.mark.django_db
def test_what_is_gathered_comes_back_when_asked_or_when_the_infoflash_is_dropped(cast: Cast) -> None:
    first, second = gathered(cast), gathered(cast)
    notices.return_gathered_notice_to_draft(notice=first, by=cast.officer, at=NOW)
    notices.draft_infoflash_now(by=cast.officer, at=NOW)

    notices.drop_draft_and_free_infoflash_items(notice=infoflashes()[0], by=cast.officer, at=NOW)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (State.DRAFT, State.DRAFT)
    assert notices.draft_infoflash_now(by=cast.officer, at=NOW) == 0


@pytest.mark.django_db
def test_urgent_things_and_other_zones_do_not_wait_for_an_infoflash(cast: Cast) -> None:
    with pytest.raises(refusals.NotForBundle):
        notices.hold_draft_for_next_infoflash(notice=drafted(cast), by=cast.officer, at=NOW)
    with pytest.raises(refusals.NotForBundle):
        gathered(cast, cast.abroad.partnership)
    long = drafted(cast, "advice")
    notices.write_text_and_drop_composition(
        notice=long, language="fr", title="T", core="Fermez.", more="x " * 1999, by=cast.officer, at=NOW
    )
    with pytest.raises(refusals.TooLongForBundle):
        notices.hold_draft_for_next_infoflash(notice=long, by=cast.officer, at=NOW)
