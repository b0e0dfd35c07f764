"""A quarter is split, merged, redrawn: told before, carried out whole, undone exactly (ADR 72)."""

from datetime import time, timedelta
from typing import Any

import pytest
from django.apps import apps

from plp.delivery.models import Dispatch, Message
from plp.delivery.states import WAITING
from plp.evening import actions as evening
from plp.launch.actions import life, quarter_changes, quarter_clock, quarter_undo
from plp.launch.actions.quarter_changes import QuarterPlan
from plp.launch.letters import name_of_other_or_future_partnership
from plp.launch.models import LifeAct, QuarterChange, QuarterChangeMember
from plp.launch.queries.quarter_changes import (
    memberships_moving_with_change,
    newest_change_of_reader,
    preview_of_change,
    successor_of_old_key,
)
from plp.launch.refusals import CannotUndoChange, ChangeTooSoon, NothingGoes, NotYourOwnChange, QuarterNotFit
from plp.mandates.grants import Role
from plp.mandates.models import Mandate, Rota, Shift
from plp.mandates.queries import NotAllowed
from plp.membership import suspensions
from plp.membership.models import ListImport, Membership
from plp.partnership.models import Partnership, Statement
from plp.people import actions as people
from plp.people.models import Person
from plp.places import actions as places
from plp.places.models import Address, Area, Street
from plp.places.queries import StreetPart, quarters_covering_door, streets_of
from plp.places.rules import Selector
from tests.evening.stage import planned
from tests.factories.cast import NOW, Cast, contact, member

pytestmark = pytest.mark.django_db
DAY = (NOW + timedelta(days=14)).date()
ON_DAY = NOW + timedelta(days=14)
AFTER = {"launch.lifeact", "launch.quarterchange", "journal.entry", "journal.chain"}
WRITTEN = {"delivery", "sessions", "metrics"}


class Stage:
    """Two quarters with two streets each of ten doors, members behind some of them."""

    def __init__(self) -> None:
        self.cast = Cast()
        self.here, self.there = self.cast.here.partnership, self.cast.next_door.partnership
        self.streets = [self._street(name) for name in ("Rue A", "Rue B", "Rue C", "Rue D")]
        for quarter, streets in ((self.cast.here, self.streets[:2]), (self.cast.next_door, self.streets[2:])):
            parts = [StreetPart(street) for street in streets]
            places.draw_quarter_and_count_addresses(area=quarter.area, selectors=parts, by=None, at=NOW)
        self.mia, self.leo = self._member("Mia Voorbeeld", 0, "3"), self._member("Leo Exemple", 0, "4")
        self.ada = self._member("Ada Muster", 1, "1")

    @staticmethod
    def _street(name: str) -> Street:
        street = Street.objects.create(
            nis="21004", postcode="1130", register_id=name, name_fr=name, folded=name.lower()
        )
        Address.objects.bulk_create(
            Address(street=street, register_id=f"{name} {number}", number=str(number), sort_key=f"{number:03}")
            for number in range(1, 11)
        )
        return street

    def _member(self, name: str, street: int, house: str) -> Person:
        someone = member(self.here, name)
        contact(someone, "email", f"{name.split(maxsplit=1)[0].lower()}@plp.test")
        people.set_front_door(person=someone, street=self.streets[street], house=house, by=None, at=NOW)
        return someone

    def prepare(self, kind: str, *parts: StreetPart, **more: Any) -> QuarterChange:
        given: dict[str, Any] = (
            {"key": "haren-a", "names": {"fr": "Haren A"}} if kind == "split" else {"other": self.there}
        )
        plan = QuarterPlan(kind=kind, day=DAY, reason="Décidé le 3 mai", parts=parts, **(given | more))
        return quarter_changes.create_unannounced_quarter_change(
            partnership=self.here, plan=plan, by=self.cast.officer, at=NOW
        )

    def released(self, kind: str, *parts: StreetPart, **more: Any) -> QuarterChange:
        change = self.prepare(kind, *parts, **more)
        quarter_changes.release_quarter_change_and_tell_members(change=change, by=self.cast.second_officer, at=NOW)
        return change

    def done(self, kind: str, *parts: StreetPart, **more: Any) -> QuarterChange:
        change = self.released(kind, *parts, **more)
        assert quarter_clock.apply_or_give_up_due_quarter_changes(by=None, at=ON_DAY) == 1
        return QuarterChange.objects.get(pk=change.pk)

    def of(self, partnership: Partnership) -> set[Any]:
        active = Membership.objects.filter(partnership=partnership, state="active")
        return set(active.values_list("person_id", flat=True))


@pytest.fixture
def stage() -> Stage:
    return Stage()


def tables() -> dict[str, Any]:
    """Every table but the journal, the outbox and what tells that something was done and undone."""
    rows = {}
    for model in apps.get_models():
        label = model._meta.label_lower
        if label in AFTER or model._meta.app_label in WRITTEN or not model._meta.managed:
            continue
        derived = {"id"} if label in {"places.coverage", "places.coveredaddress"} else set()
        fields = [field.attname for field in model._meta.concrete_fields if field.attname not in derived]
        rows[label] = sorted(map(repr, model._default_manager.values_list(*fields)))
    return rows


def test_a_split_takes_members_plan_and_wishes_along(stage: Stage) -> None:
    Statement.objects.create(
        partnership=stage.here, party="police", kind="motive", text="Calme", language="fr", position=1, written_at=NOW
    )

    change = stage.done("split", StreetPart(stage.streets[0]))

    new = Partnership.objects.get(key="haren-a")
    assert change.other == new
    assert stage.of(new) == {stage.mia.pk, stage.leo.pk}
    assert stage.of(stage.here) == {stage.ada.pk}
    assert (new.state, new.statements.count(), new.plans.get().state) == ("active", 1, "in_force")
    assert new.plans.get().rules.count() == stage.here.plans.get().rules.count()
    assert [list(streets_of(area)) for area in (stage.here.area, new.area)] == [[stage.streets[1]], [stage.streets[0]]]
    assert LifeAct.objects.get(partnership=stage.here).kind == "split"


def test_everybody_who_goes_is_told_once_and_nobody_else(stage: Stage) -> None:
    change = stage.released("redraw", StreetPart(stage.streets[0]))
    quarter_clock.apply_or_give_up_due_quarter_changes(by=None, at=NOW + timedelta(days=2))

    told = Dispatch.objects.filter(message__purpose="launch.quarter_change")
    assert sorted(told.values_list("contact__person_id", flat=True), key=str) == sorted(
        [stage.mia.pk, stage.leo.pk], key=str
    )
    assert change.members.count() == 2


def test_whoever_joins_in_between_is_told_too_and_goes(stage: Stage) -> None:
    change = stage.released("redraw", StreetPart(stage.streets[0]))
    late = stage._member("Zoé Nouvelle", 0, "9")
    quarter_clock.apply_or_give_up_due_quarter_changes(by=None, at=NOW + timedelta(days=2))
    quarter_clock.apply_or_give_up_due_quarter_changes(by=None, at=ON_DAY)

    assert change.members.count() == 3
    assert late.pk in stage.of(stage.there)


@pytest.mark.parametrize("kind", ["split", "merge", "redraw"])
def test_undone_within_a_day_every_table_is_what_it_was(stage: Stage, kind: str) -> None:
    mandate = Mandate.objects.get(area=stage.here.area, role=Role.COORDINATOR)
    Membership.objects.create(partnership=stage.there, person=stage.leo, state="active", asked_at=NOW)
    parts = (
        []
        if kind == "merge"
        else [StreetPart(stage.streets[0], Selector("odd", "1", "5")), StreetPart(stage.streets[1])]
    )
    change = stage.released(kind, *parts)
    quarter_changes.set_mandates_that_move_or_end(
        change=change, choices={str(mandate.pk): "goes"}, by=stage.cast.officer, at=NOW
    )
    before = tables()

    quarter_clock.apply_or_give_up_due_quarter_changes(by=None, at=ON_DAY)
    between, change = tables(), QuarterChange.objects.get(pk=change.pk)
    quarter_undo.undo_quarter_change_within_a_day(change=change, by=stage.cast.chief, at=ON_DAY + timedelta(hours=23))

    assert between != before
    assert tables() == before
    assert Message.objects.filter(purpose="launch.quarter_stays").count() == 1


def on_call(stage: Stage) -> Rota:
    """A rota of the quarter: of two people who hold an office there, one offers hours to the other for theirs."""
    rota = Rota.objects.create(area=stage.here.area, day_starts=time(8), day_ends=time(20), answer_minutes=15)
    starts_at = ON_DAY + timedelta(days=3)
    first, second = (
        Shift.objects.create(rota=rota, person=person, starts_at=starts_at, ends_at=starts_at + timedelta(hours=12))
        for person in (stage.cast.here.coordinator, stage.cast.here.deputy)
    )
    Shift.objects.filter(pk=first.pk).update(offered_to=second.person, in_return=second)
    return rota


def test_a_merger_deletes_the_rota_and_its_undoing_brings_it_back(stage: Stage) -> None:
    on_call(stage)
    Rota.objects.create(area=stage.there.area, day_starts=time(8), day_ends=time(20), answer_minutes=15)
    before = tables()

    change = stage.done("merge")

    assert list(Rota.objects.values_list("area", flat=True)) == [stage.there.area_id]
    assert not Shift.objects.exists()
    quarter_undo.undo_quarter_change_within_a_day(change=change, by=stage.cast.chief, at=ON_DAY + timedelta(hours=1))
    assert {label: tables()[label] for label in ("mandates.rota", "mandates.shift")} == {
        label: before[label] for label in ("mandates.rota", "mandates.shift")
    }


def test_hours_of_whoever_was_erased_since_do_not_come_back(stage: Stage) -> None:
    rota, deputy = on_call(stage), stage.cast.here.deputy
    Shift.objects.update(offered_to=None, in_return=None)
    change = stage.done("merge")
    Mandate.objects.filter(person=deputy).update(person=stage.cast.here.coordinator)
    deputy.delete()

    quarter_undo.undo_quarter_change_within_a_day(change=change, by=stage.cast.chief, at=ON_DAY + timedelta(hours=1))

    assert list(Shift.objects.values_list("rota", "person")) == [(rota.pk, stage.cast.here.coordinator.pk)]


def test_an_undo_keeps_who_joined_since_and_the_new_address_leads_back(stage: Stage) -> None:
    change = stage.done("split", StreetPart(stage.streets[0]))
    joined = member(Partnership.objects.get(key="haren-a"), "Noé Nouveau")

    quarter_undo.undo_quarter_change_within_a_day(change=change, by=stage.cast.officer, at=ON_DAY)

    assert joined.pk in stage.of(stage.here)
    assert successor_of_old_key("haren-a") == stage.here
    assert not Partnership.objects.filter(key="haren-a").exists()


def test_an_address_leads_on_over_an_undo_and_a_merger(stage: Stage) -> None:
    change = stage.done("split", StreetPart(stage.streets[0]))
    quarter_undo.undo_quarter_change_within_a_day(change=change, by=stage.cast.officer, at=ON_DAY)
    stage.done("merge")

    assert successor_of_old_key("haren-a") == successor_of_old_key("haren") == stage.there
    assert successor_of_old_key("laeken") is None


def test_no_undo_after_a_day_nor_once_something_hangs_on_the_new_one(stage: Stage) -> None:
    change = stage.done("split", StreetPart(stage.streets[0]))
    with pytest.raises(CannotUndoChange):
        quarter_undo.undo_quarter_change_within_a_day(
            change=change, by=stage.cast.officer, at=ON_DAY + timedelta(days=1)
        )
    with pytest.raises(NotAllowed):
        quarter_undo.undo_quarter_change_within_a_day(change=change, by=stage.cast.foreign_officer, at=ON_DAY)
    LifeAct.objects.create(partnership=change.other, kind="rest", at=ON_DAY)

    with pytest.raises(CannotUndoChange):
        quarter_undo.undo_quarter_change_within_a_day(change=change, by=stage.cast.officer, at=ON_DAY)

    assert QuarterChange.objects.get(pk=change.pk).state == "done"
    assert quarter_clock.apply_or_give_up_due_quarter_changes(by=None, at=ON_DAY + timedelta(days=2)) == 0
    assert QuarterChange.objects.get(pk=change.pk).before == {}


def test_a_merger_keeps_one_membership_of_who_is_in_both_and_leads_on(stage: Stage) -> None:
    Membership.objects.create(partnership=stage.there, person=stage.mia, state="active", asked_at=NOW)
    told = stage.released("merge").members.get(membership__person=stage.ada)
    quarter_changes.save_member_answer_to_quarter_change(told=told, answer="stays", by=stage.ada, at=NOW)

    quarter_clock.apply_or_give_up_due_quarter_changes(by=None, at=ON_DAY)

    stage.here.refresh_from_db()
    assert stage.of(stage.there) == {stage.mia.pk, stage.leo.pk}
    assert Membership.objects.filter(person=stage.mia, state="active").count() == 1
    assert (stage.of(stage.here), stage.here.state) == (set(), "merged")
    assert successor_of_old_key("haren") == stage.there
    assert set(streets_of(stage.there.area)) == set(stage.streets)
    assert not Mandate.objects.filter(area=stage.here.area, ends_at=None).exists()


def test_a_measure_that_ends_after_a_merger_finds_the_membership(stage: Stage) -> None:
    Membership.objects.filter(person=stage.mia).update(state="suspended")
    stage.done("merge")
    merged = Partnership.objects.get(key="haren")

    suspensions.restore_membership(person=stage.mia, partnership=merged, by=None, at=ON_DAY)

    assert stage.mia.pk in stage.of(stage.there)


def test_a_part_of_a_street_goes_and_comes_back(stage: Stage) -> None:
    odd = StreetPart(stage.streets[0], Selector("odd"))
    stage.done("redraw", odd)
    there = list(quarters_covering_door(stage.streets[0], "3")), list(quarters_covering_door(stage.streets[0], "4"))
    stage.here, stage.there = stage.there, stage.here
    stage.done("redraw", odd)

    assert there == ([stage.here.area], [stage.there.area])
    assert stage.of(stage.there) >= {stage.mia.pk, stage.leo.pk}
    assert list(quarters_covering_door(stage.streets[0], "3")) == [stage.there.area]


def test_a_street_that_goes_side_by_side_is_left_behind_nowhere(stage: Stage) -> None:
    for side in ("odd", "even"):
        stage.done("redraw", StreetPart(stage.streets[0], Selector(side)))
        QuarterChange.objects.all().update(before={})

    assert list(streets_of(stage.here.area)) == [stage.streets[1]]
    assert stage.streets[0] in streets_of(stage.there.area)


def test_an_objection_by_the_letter_keeps_a_member_where_they_are(stage: Stage) -> None:
    contact(stage.cast.here.coordinator, "email", "clara@plp.test")
    change = stage.released("redraw", StreetPart(stage.streets[0]))
    copy = Dispatch.objects.get(message__purpose="launch.quarter_change", contact__person=stage.mia)
    told = newest_change_of_reader(copy)
    assert told is not None
    for _twice in range(2):
        quarter_changes.save_member_answer_to_quarter_change(told=told, answer="asks", by=stage.mia, at=NOW)
    quarter_changes.save_member_answer_to_quarter_change(
        told=told, answer="stays", by=stage.cast.here.coordinator, at=NOW
    )
    with pytest.raises(NotAllowed):
        quarter_changes.save_member_answer_to_quarter_change(told=told, answer="", by=stage.cast.officer, at=NOW)

    quarter_clock.apply_or_give_up_due_quarter_changes(by=None, at=ON_DAY)

    assert Message.objects.filter(purpose="launch.quarter_question").count() == 1
    assert stage.of(stage.there) == {stage.leo.pk}
    assert stage.mia.pk in stage.of(stage.here)
    assert QuarterChangeMember.objects.get(change=change, membership__person=stage.mia).answer == "stays"


def test_the_dry_run_counts_and_hides_small_numbers(stage: Stage) -> None:
    change = stage.prepare("split", StreetPart(stage.streets[0]))

    preview = preview_of_change(change, at=NOW)

    assert (preview.going, preview.staying, preview.elsewhere, preview.doors) == ("<\xa05", "<\xa05", "0", 10)
    assert {mandate.role for mandate in preview.roles} == {"coordinator", "deputy"}
    assert Message.objects.count() == 0


def test_whoever_only_asked_to_join_goes_along_and_is_counted_as_no_member(stage: Stage) -> None:
    for number in range(5, 10):
        stage._member(f"Nora {number}", 0, str(number))
    change = stage.prepare("merge")
    before = preview_of_change(change, at=NOW).going
    Membership.objects.filter(person=stage.leo).update(state="pending")

    after = preview_of_change(change, at=NOW).going

    assert (before, after) == ("8", "7")
    assert stage.leo.pk in {row.person_id for row in memberships_moving_with_change(change)}


def test_one_person_prepares_and_another_releases(stage: Stage) -> None:
    change = stage.prepare("merge")
    for person in (stage.cast.officer, stage.cast.here.coordinator, stage.cast.foreign_officer):
        with pytest.raises(NotYourOwnChange):
            quarter_changes.release_quarter_change_and_tell_members(change=change, by=person, at=NOW)
    with pytest.raises(ChangeTooSoon):
        quarter_changes.release_quarter_change_and_tell_members(
            change=change, by=stage.cast.chief, at=NOW + timedelta(days=1)
        )

    quarter_changes.release_quarter_change_and_tell_members(change=change, by=stage.cast.chief, at=NOW)
    quarter_changes.cancel_quarter_change_and_tell(change=change, by=stage.cast.officer, at=NOW)

    assert QuarterChange.objects.get(pk=change.pk).state == "given_up"
    assert quarter_clock.apply_or_give_up_due_quarter_changes(by=None, at=ON_DAY) == 0


def test_what_is_given_up_in_the_night_stops_its_letters_and_tells_whoever_had_theirs(stage: Stage) -> None:
    change = stage.released("merge")
    letters = Message.objects.get(purpose="launch.quarter_change")
    letters.dispatches.filter(person=stage.mia.pk).update(state="delivered")

    quarter_changes.cancel_quarter_change_and_tell(change=change, by=stage.cast.officer, at=NOW)

    states = dict(letters.dispatches.values_list("person", "state"))
    stays = Dispatch.objects.filter(message__purpose="launch.quarter_stays")
    assert states == {stage.mia.pk: "delivered", stage.leo.pk: "stopped", stage.ada.pk: "stopped"}
    assert list(stays.values_list("person", flat=True)) == [stage.mia.pk]


def test_a_merger_leaves_no_list_to_add(stage: Stage) -> None:
    given = {"proof_on": NOW.date(), "started_at": NOW, "content": "[]"}
    for partnership in (stage.here, stage.there):
        ListImport.objects.create(partnership=partnership, **given)

    stage.done("merge")

    assert list(ListImport.objects.values_list("partnership", flat=True)) == [stage.there.pk]


def test_what_cannot_go_is_refused_before_anybody_is_told(stage: Stage) -> None:
    everything = [StreetPart(street) for street in stage.streets[:2]]
    for parts in ([], everything, [StreetPart(stage.streets[2])]):
        with pytest.raises(NothingGoes):
            stage.prepare("split", *parts)
    with pytest.raises(NotAllowed):
        stage.prepare("merge", other=stage.cast.abroad.partnership)
    with pytest.raises(QuarterNotFit):
        stage.prepare("merge", other=stage.here)
    with pytest.raises(places.KeyTaken):
        stage.prepare("split", StreetPart(stage.streets[0]), key="laeken")
    with pytest.raises(places.BadName):
        stage.prepare("split", StreetPart(stage.streets[0]), names={})


@pytest.mark.parametrize(("path", "name"), [("be/z1/m23077/q/", "Lembeek Zuid"), ("be/z1/m63049/q/", "Lembecq Sud")])
def test_a_quarter_to_come_is_named_in_the_language_of_the_reader_or_of_the_region(path: str, name: str) -> None:
    change = QuarterChange(
        partnership=Partnership(area=Area(path=path)), names={"fr": "Lembecq Sud", "nl": "Lembeek Zuid"}
    )

    names = [name_of_other_or_future_partnership(change, language) for language in ("fr", "nl", "de", "en")]

    assert names == ["Lembecq Sud", "Lembeek Zuid", name, name]


def test_what_cannot_be_done_on_its_day_is_given_up_after_a_week(stage: Stage) -> None:
    change = stage.released("merge")
    Partnership.objects.filter(pk=stage.there.pk).update(state="dormant")

    at_first = quarter_clock.apply_or_give_up_due_quarter_changes(by=None, at=ON_DAY)
    waiting = QuarterChange.objects.get(pk=change.pk).state
    quarter_clock.apply_or_give_up_due_quarter_changes(by=None, at=ON_DAY + timedelta(days=9))

    assert (at_first, waiting) == (0, "told")
    assert QuarterChange.objects.get(pk=change.pk).state == "given_up"
    assert stage.of(stage.here) >= {stage.mia.pk}


def test_a_coordinator_who_comes_along_becomes_a_deputy(stage: Stage) -> None:
    mandate = Mandate.objects.get(area=stage.here.area, role=Role.COORDINATOR)
    change = stage.released("merge")
    quarter_changes.set_mandates_that_move_or_end(
        change=change, choices={str(mandate.pk): "goes"}, by=stage.cast.officer, at=NOW
    )

    quarter_clock.apply_or_give_up_due_quarter_changes(by=None, at=ON_DAY)

    assert Mandate.objects.get(area=stage.there.area, person=mandate.person).role == Role.DEPUTY


def test_a_merger_stops_what_speaks_of_the_old_partnership_alone(stage: Stage) -> None:
    change, night = stage.released("merge"), ON_DAY - timedelta(hours=12)
    life.rest_partnership_and_notify(partnership=stage.here, reason="Vote", by=stage.cast.officer, at=night)
    life.wake_partnership_and_notify(partnership=stage.here, reason="Vote", by=stage.cast.officer, at=night)
    meeting = planned(stage.here, purpose="members")
    evening.publish_meeting(meeting=meeting, by=None, at=night)
    evening.send_invitations_and_count_doors(meeting=meeting, by=None, at=night)
    alarm = Message.objects.get(purpose="launch.life_rest", dispatches__person=stage.mia.pk)
    Message.objects.filter(pk=alarm.pk).update(purpose="notice.alarm")

    quarter_clock.apply_or_give_up_due_quarter_changes(by=None, at=ON_DAY)

    change.refresh_from_db()
    stopped = dict(Message.objects.values_list("purpose", "stopped_at"))
    waiting = set(Dispatch.objects.filter(state__in=WAITING).values_list("message__purpose", flat=True))
    assert change.state == "done"
    assert stopped == {
        "launch.life_wake": ON_DAY,
        "launch.quarter_change": None,
        "evening.invitation": None,
        "notice.alarm": None,
    }
    assert waiting == {"launch.quarter_change", "evening.invitation", "notice.alarm"}
