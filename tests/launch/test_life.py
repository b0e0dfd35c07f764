"""The life of a partnership, its letters, its reminders and its place in the list."""

from collections.abc import Callable
from datetime import date, time, timedelta
from uuid import uuid4

import pytest

from plp.delivery.actions.by_hand import NotWaiting, mark_handed_out
from plp.delivery.models import Dispatch, Message, MessageText
from plp.delivery.queries import count_copies_to_carry
from plp.evening import actions as evening
from plp.evening.models import Meeting
from plp.journal.actions import note
from plp.launch.actions import dates, life, positions
from plp.launch.actions.quarter_changes import (
    release_quarter_change_and_tell_members,
    save_member_answer_to_quarter_change,
)
from plp.launch.actions.quarter_clock import apply_or_give_up_due_quarter_changes
from plp.launch.models import LifeAct, Position, Reminder
from plp.launch.plan import FACTS
from plp.launch.queries.dates import (
    calendar_link_secret,
    due_dates_in_plan_nearest_first,
    partnership_of_calendar,
    yearly_confirmation_due_day,
)
from plp.launch.queries.positions import LOOKS
from plp.launch.queries.progress import step_plan_progress_of_partnership
from plp.launch.refusals import ConfirmationNotDue, DayToCome, DayTooEarly, ReasonMissing
from plp.mandates import actions as mandates
from plp.mandates.models import Absence, Mandate, Rota, Standin
from plp.mandates.queries import NotAllowed
from plp.membership import candidates
from plp.membership.models import ListImport, Membership
from plp.notices import actions as notices
from plp.notices.models import Notice
from plp.notices.queries import can_notice_be_stopped
from plp.partnership.models import Partnership
from plp.partnership.states import State
from plp.people.models import ContactPoint, Person
from plp.toolbox.moves import WrongState
from tests.evening.stage import held, planned
from tests.factories.cast import NOW, Cast, contact, member
from tests.followup.stage import released
from tests.followup.together import relayed
from tests.launch.journey import Journey, before
from tests.launch.test_quarter_changes import ON_DAY, Stage
from tests.membership.lists.stage import drafted as drafted_list
from tests.membership.lists.stage import streets
from tests.notices.test_forwarding import spread
from tests.notices.test_notices import drafted

pytestmark = pytest.mark.django_db
WHY = "Décision de la réunion."


def with_members(cast: Cast) -> Partnership:
    """The partnership ``here`` with a member by mail in French and one on paper in Dutch."""
    contact(member(cast.here.partnership, "Eva Exemple"), "email", "eva@example.org")
    contact(member(cast.here.partnership, "Piet Voorbeeld", "nl"), "paper", "Pieterstraat 3, 1130 Haren")
    contact(cast.officer, "email", "anne@police.example")
    return cast.here.partnership


def test_a_rest_tells_each_member_in_their_language_by_their_channel(cast: Cast) -> None:
    partnership = with_members(cast)

    act = life.rest_partnership_and_notify(partnership=partnership, reason=WHY, by=cast.officer, at=NOW)

    letters = Message.objects.get(purpose="launch.life_rest")
    sent = sorted(Dispatch.objects.filter(message=letters).values_list("channel", "language"))
    words = MessageText.objects.get(message=letters, channel="paper", language="nl")
    assert sent == [("email", "fr"), ("paper", "nl")]
    assert "rust voorlopig" in words.body
    assert (partnership.state, act.told) == (State.DORMANT, 3)


@pytest.mark.parametrize("do", [life.rest_partnership_and_notify, life.end_partnership_and_notify])
def test_an_act_needs_a_reason_and_the_officer(cast: Cast, do: Callable[..., LifeAct]) -> None:
    with pytest.raises(ReasonMissing):
        do(partnership=cast.here.partnership, reason=" ", by=cast.officer, at=NOW)
    with pytest.raises(NotAllowed):
        do(partnership=cast.here.partnership, reason=WHY, by=cast.here.coordinator, at=NOW)
    with pytest.raises(NotAllowed):
        do(partnership=cast.here.partnership, reason=WHY, by=cast.foreign_officer, at=NOW)
    assert LifeAct.objects.count() == 0


def purposes() -> list[str]:
    """What was written, in the order of the alphabet."""
    return sorted(Message.objects.values_list("purpose", flat=True))


def test_a_decided_end_waits_a_day_and_only_the_partners_know(cast: Cast) -> None:
    partnership, almost = with_members(cast), NOW + timedelta(hours=24) - timedelta(seconds=1)

    life.decide_end_and_tell_partners(partnership=partnership, reason=WHY, by=cast.officer, at=NOW)
    early = life.carry_out_ends_that_are_due(by=None, at=almost)
    told, state = purposes(), Partnership.objects.get(pk=partnership.pk).state
    carried = [life.carry_out_ends_that_are_due(by=None, at=NOW + timedelta(hours=24)) for _ in range(2)]

    partnership.refresh_from_db()
    words = MessageText.objects.get(message__purpose="launch.life_to_end", language="fr")
    assert (early, told, state, carried) == (0, ["launch.life_to_end"], State.ACTIVE, [1, 0])
    assert ("26 novembre 2026" in words.body, WHY in words.body) == (True, True)
    assert purposes() == ["launch.life_end", "launch.life_partners", "launch.life_to_end"]
    assert partnership.state == State.ENDED
    assert list(LifeAct.objects.order_by("at").values_list("kind", "reason")) == [("to_end", WHY), ("end", WHY)]


@pytest.mark.parametrize("taker", ["officer", "chief"])
def test_a_decided_end_is_taken_back_and_can_be_decided_again(cast: Cast, taker: str) -> None:
    partnership, later = with_members(cast), NOW + timedelta(hours=23)
    life.decide_end_and_tell_partners(partnership=partnership, reason=WHY, by=cast.officer, at=NOW)

    life.revoke_decided_end_and_tell_partners(partnership=partnership, by=getattr(cast, taker), at=later)
    carried = life.carry_out_ends_that_are_due(by=None, at=NOW + timedelta(days=2))
    with pytest.raises(WrongState):
        life.revoke_decided_end_and_tell_partners(partnership=partnership, by=cast.officer, at=later)
    again = life.decide_end_and_tell_partners(partnership=partnership, reason=WHY, by=cast.officer, at=later)

    assert (carried, purposes()) == (0, ["launch.life_goes_on", "launch.life_to_end", "launch.life_to_end"])
    assert again.kind == LifeAct.Kind.TO_END
    assert life.carry_out_ends_that_are_due(by=None, at=NOW + timedelta(days=1)) == 0


def test_an_end_is_decided_once_by_the_officer_and_no_stranger_takes_it_back(cast: Cast) -> None:
    partnership = with_members(cast)
    for stranger in (cast.here.coordinator, cast.chief, cast.foreign_officer):
        with pytest.raises(NotAllowed):
            life.decide_end_and_tell_partners(partnership=partnership, reason=WHY, by=stranger, at=NOW)
    with pytest.raises(ReasonMissing):
        life.decide_end_and_tell_partners(partnership=partnership, reason=" ", by=cast.officer, at=NOW)
    life.decide_end_and_tell_partners(partnership=partnership, reason=WHY, by=cast.officer, at=NOW)

    with pytest.raises(WrongState):
        life.decide_end_and_tell_partners(partnership=partnership, reason=WHY, by=cast.officer, at=NOW)
    for stranger in (cast.here.coordinator, cast.foreign_officer):
        with pytest.raises(NotAllowed):
            life.revoke_decided_end_and_tell_partners(partnership=partnership, by=stranger, at=NOW)

    assert list(LifeAct.objects.values_list("kind", flat=True)) == ["to_end"]


def test_an_end_lets_everybody_leave_after_the_letter(cast: Cast) -> None:
    partnership = with_members(cast)

    act = life.end_partnership_and_notify(partnership=partnership, reason=WHY, by=cast.officer, at=NOW)

    assert set(Membership.objects.filter(partnership=partnership).values_list("state", flat=True)) == {"left"}
    assert act.told == 3
    with pytest.raises(WrongState):
        life.wake_partnership_and_notify(partnership=partnership, reason=WHY, by=cast.officer, at=NOW)


def test_an_end_calls_its_meetings_off_and_tells_whoever_was_invited_once(cast: Cast) -> None:
    partnership = with_members(cast)
    applicant = member(partnership, "Ida Muster", "de")
    contact(applicant, "email", "ida@example.org")
    Membership.objects.filter(person=applicant).update(state="pending")
    invited, announced, over = planned(partnership, purpose="members"), planned(partnership), held(partnership)
    evening.publish_meeting(meeting=invited, by=None, at=NOW)
    evening.send_invitations_and_count_doors(meeting=invited, by=None, at=NOW)

    life.end_partnership_and_notify(partnership=partnership, reason=WHY, by=cast.officer, at=NOW)

    letters = Message.objects.exclude(purpose="launch.life_partners").filter(dispatches__isnull=False).distinct()
    bodies = MessageText.objects.filter(message__purpose="launch.life_end", channel="email", language="de")
    rows = {row.pk: (row.state, row.cancelled_because) for row in Meeting.objects.all()}
    ended = "Ce partenariat a pris fin. Plus aucun message n’est envoyé."
    assert rows == {invited.pk: ("cancelled", ended), announced.pk: ("cancelled", ended), over.pk: ("held", "")}
    assert sorted(letters.values_list("purpose", flat=True)) == ["evening.invitation", "launch.life_end"]
    assert "es finden keine Versammlungen mehr statt" in bodies.get().body


def test_an_end_is_read_aloud_without_an_address_and_written_with_the_page_that_erases(cast: Cast) -> None:
    partnership = with_members(cast)
    contact(member(partnership, "Gaby Exemple"), "calls", "+3225551212")

    life.end_partnership_and_notify(partnership=partnership, reason=WHY, by=cast.officer, at=NOW)

    bodies = dict(
        MessageText.objects.filter(message__purpose="launch.life_end", language="fr").values_list("channel", "body")
    )
    assert ["/m/" in bodies[channel] for channel in ("email", "calls")] == [True, False]
    assert "Dites-le-moi" in bodies["calls"]
    assert ["d’elles-mêmes le 25 décembre 2026." in bodies[channel] for channel in ("email", "calls")] == [True, True]
    assert not any(WHY in body for body in bodies.values())


def test_an_end_in_the_evening_is_told_in_the_morning(cast: Cast) -> None:
    partnership, night = with_members(cast), NOW + timedelta(hours=12)

    life.end_partnership_and_notify(partnership=partnership, reason=WHY, by=cast.officer, at=night)

    letters = Dispatch.objects.filter(message__purpose="launch.life_end")
    assert set(letters.values_list("due_at", flat=True)) == {NOW + timedelta(hours=22)}


def test_an_end_gives_up_the_change_of_its_area_that_was_told() -> None:
    stage = Stage()
    change = stage.released("merge")

    life.end_partnership_and_notify(partnership=change.partnership, reason=WHY, by=stage.cast.officer, at=NOW)

    change.refresh_from_db()
    assert change.state == "given_up"


def test_an_end_of_the_neighbour_gives_up_what_would_go_there_and_those_who_read_of_it_hear_that_they_stay() -> None:
    stage = Stage()
    change = stage.released("merge")
    told = Dispatch.objects.filter(message__purpose="launch.quarter_change")
    told.filter(person=stage.mia.pk).update(state="delivered")

    life.end_partnership_and_notify(partnership=stage.there, reason=WHY, by=stage.cast.officer, at=NOW)

    change.refresh_from_db()
    stays = Dispatch.objects.filter(message__purpose="launch.quarter_stays")
    assert change.state == "given_up"
    assert list(stays.values_list("person", flat=True)) == [stage.mia.pk]
    assert set(told.values_list("state", flat=True)) == {"delivered", "stopped"}
    assert stage.of(stage.here) >= {stage.mia.pk, stage.leo.pk}


def test_an_end_stops_the_letters_of_a_change_also_those_that_people_carry_and_tells_of_itself_alone() -> None:
    stage, night = Stage(), NOW + timedelta(hours=12)
    contact(member(stage.here, "Piet Voorbeeld", "nl"), "paper", "Rue A 5, 1130 Haren")
    change = stage.prepare("merge")
    release_quarter_change_and_tell_members(change=change, by=stage.cast.second_officer, at=night)
    told = Message.objects.get(purpose="launch.quarter_change")
    assert set(told.dispatches.values_list("channel", "state")) == {("paper", "held"), ("email", "held")}

    life.end_partnership_and_notify(partnership=stage.here, reason=WHY, by=stage.cast.officer, at=night)

    told.refresh_from_db()
    end = Message.objects.get(purpose="launch.life_end")
    assert (told.stopped_at, end.stopped_at) == (night, None)
    assert set(told.dispatches.values_list("state", flat=True)) == {"stopped"}
    assert "stopped" not in set(end.dispatches.values_list("state", flat=True))
    with pytest.raises(NotWaiting):
        mark_handed_out(message=told, channel="paper", by=stage.cast.here.coordinator, at=night + timedelta(hours=10))


def test_an_end_takes_back_letters_that_somebody_took_and_has_not_ticked(cast: Cast) -> None:
    partnership = with_members(cast)
    life.rest_partnership_and_notify(partnership=partnership, reason=WHY, by=cast.officer, at=NOW)
    rest = Message.objects.get(purpose="launch.life_rest")
    rest.dispatches.update(state="delivered")
    rest.dispatches.filter(channel="paper").update(state="accepted")

    life.end_partnership_and_notify(partnership=partnership, reason=WHY, by=cast.officer, at=NOW)

    rest.refresh_from_db()
    assert rest.stopped_at == NOW
    assert not count_copies_to_carry(Message.objects.filter(pk=rest.pk), at=NOW)


def test_an_end_leaves_no_list_to_add_and_erases_who_waits_and_cannot_be_told(cast: Cast) -> None:
    partnership = with_members(cast)
    streets(cast)
    drafted_list(cast)
    told, silent, both = (member(partnership, name) for name in ("Ida Muster", "Jan Stil", "Kim Elders"))
    contact(told, "email", "ida@example.org")
    for person in (silent, both):
        ContactPoint.objects.filter(pk=contact(person, "email", f"{person.pk}@x.test").pk).update(confirmed_at=None)
    Membership.objects.filter(person__in=[told, silent, both]).update(state="pending")
    Membership.objects.create(partnership=cast.next_door.partnership, person=both, state="active", asked_at=NOW)

    life.end_partnership_and_notify(partnership=partnership, reason=WHY, by=cast.officer, at=NOW)

    rows = Membership.objects.filter(person__in=[told, silent, both])
    assert set(rows.values_list("person", "partnership", "state")) == {
        (told.pk, partnership.pk, "left"),
        (both.pk, cast.next_door.partnership.pk, "active"),
    }
    assert not Person.objects.filter(pk=silent.pk).exists()
    assert Dispatch.objects.filter(message__purpose="launch.life_end", person=told.pk).exists()
    assert not ListImport.objects.exists()


def test_an_end_stops_what_waits_of_a_message_and_leaves_what_has_arrived(cast: Cast) -> None:
    partnership = with_members(cast)
    waiting, arrived = planned(partnership, purpose="members"), planned(partnership, purpose="members")
    for meeting in (waiting, arrived):
        evening.publish_meeting(meeting=meeting, by=None, at=NOW)
        evening.send_invitations_and_count_doors(meeting=meeting, by=None, at=NOW)
        sent = Message.objects.filter(subject=meeting.pk)
        sent.update(purpose="notice.advice", area=partnership.area.path, subject=uuid4())
    done = Message.objects.filter(purpose="notice.advice").latest("created_at", "pk")
    done.dispatches.update(state="delivered")

    life.end_partnership_and_notify(partnership=partnership, reason=WHY, by=cast.officer, at=NOW)

    stopped = Message.objects.filter(purpose="notice.advice", stopped_at=NOW)
    assert stopped.exclude(pk=done.pk).count() == stopped.count() == 1
    assert set(stopped.get().dispatches.values_list("state", flat=True)) == {"stopped"}
    assert not Message.objects.filter(purpose="launch.life_end").exclude(stopped_at=None).exists()


@pytest.mark.parametrize(("left", "state"), [(False, "retracted"), (True, "relayed")])
def test_a_message_that_an_end_stopped_before_a_copy_left_is_called_stopped(cast: Cast, left: bool, state: str) -> None:
    partnership = with_members(cast)
    notice = relayed(cast)
    copies = notice.relay.message.dispatches
    copies.filter(channel="email").update(state="delivered" if left else "queued")

    life.end_partnership_and_notify(partnership=partnership, reason=WHY, by=cast.officer, at=NOW)

    notice.refresh_from_db()
    assert set(copies.values_list("channel", "state")) == {
        ("email", "delivered" if left else "stopped"),
        ("paper", "stopped"),
    }
    assert (notice.state, can_notice_be_stopped(notice)) == (state, left)


def test_a_merger_passes_nobody_on_and_stays_in_the_zone() -> None:
    """Nobody who objects; the change of a quarter itself is tried in ``test_quarter_changes``."""
    stage = Stage()
    for told in stage.released("merge").members.all():
        save_member_answer_to_quarter_change(told=told, answer="stays", by=told.membership.person, at=NOW)
    with pytest.raises(NotAllowed):
        stage.prepare("merge", other=stage.cast.abroad.partnership)

    apply_or_give_up_due_quarter_changes(by=None, at=ON_DAY)

    assert stage.of(stage.there) == set()
    assert Partnership.objects.get(key="haren").state == State.MERGED


def test_fps_interior_is_told_on_a_day_that_can_be(cast: Cast) -> None:
    act = life.end_partnership_and_notify(partnership=cast.here.partnership, reason=WHY, by=cast.officer, at=NOW)
    today = NOW.date()

    for day, refusal in ((today + timedelta(days=1), DayToCome), (today - timedelta(days=1), DayTooEarly)):
        with pytest.raises(refusal):
            life.record_day_interior_was_told(life_act=act, told_on=day, by=cast.officer, at=NOW)
    life.record_day_interior_was_told(life_act=act, told_on=today, by=cast.officer, at=NOW)

    assert LifeAct.objects.get(pk=act.pk).interior_told_on == today


def test_a_year_is_confirmed_and_the_next_is_due(cast: Cast) -> None:
    partnership = cast.here.partnership
    assert yearly_confirmation_due_day(partnership) == date(2027, 11, 25)

    life.record_yearly_confirmation(partnership=partnership, by=cast.officer, at=NOW + timedelta(days=100))

    assert yearly_confirmation_due_day(partnership) == date(2028, 3, 4)
    partnership.state = State.CREATION
    with pytest.raises(ConfirmationNotDue):
        life.record_yearly_confirmation(partnership=partnership, by=cast.officer, at=NOW)


def test_a_date_is_recalled_a_week_ahead_once_and_then_left_to_the_clock() -> None:
    walk = Journey()
    contact(walk.officer, "email", "anne@police.example")
    due = next(
        one
        for one in due_dates_in_plan_nearest_first(
            step_plan_progress_of_partnership(walk.partnership, at=walk.at), at=walk.at
        )
        if one.key.startswith("step.")
    )
    days = (due.day - walk.at.date()).days

    sent = [
        dates.queue_due_date_reminders(partnership=walk.partnership, by=None, at=walk.at + timedelta(days=day))
        for day in (days - 8, days - 7, days - 6, days + 1, days + 2, days + 32)
    ]

    assert sent == [0, 1, 0, 0, 0, 0]
    words = MessageText.objects.filter(message__purpose="launch.reminder", language="fr").first()
    assert words is not None
    assert "La concertation avec la police locale" in words.body
    assert Reminder.objects.count() == 1


def test_the_calendar_holds_the_evening_and_its_link_can_be_renewed() -> None:
    walk = Journey()
    walk.go_through(before("evening_held"))
    secret = calendar_link_secret(walk.partnership)

    keys = [
        due.key.split(".")[0]
        for due in due_dates_in_plan_nearest_first(
            step_plan_progress_of_partnership(walk.partnership, at=walk.at), at=walk.at
        )
    ]
    dates.replace_secret_calendar_link(partnership=walk.partnership, by=walk.officer, at=walk.at)

    assert keys.count("meeting") == 1
    assert partnership_of_calendar("saule", secret) is None
    assert partnership_of_calendar("saule", calendar_link_secret(walk.partnership)) == walk.partnership
    assert partnership_of_calendar("nowhere", secret) is None


def test_the_copy_for_lists_follows_the_journal() -> None:
    walk = Journey()
    mine = Partnership.objects.filter(pk=walk.partnership.pk)

    first = positions.refresh_stale_plan_positions(partnerships=mine, at=walk.at)
    again = positions.refresh_stale_plan_positions(partnerships=mine, at=walk.at)
    walk.go("police_consulted")
    after = positions.refresh_stale_plan_positions(partnerships=mine, at=walk.at)

    position = Position.objects.get()
    assert (first, again, after) == (1, 0, 1)
    assert (position.step, position.missing, position.done) == ("consultation", "authority_consulted", 1)
    assert position.missing in FACTS


def test_who_only_reads_makes_no_copy_anew() -> None:
    walk = Journey()
    mine = Partnership.objects.filter(pk=walk.partnership.pk)
    positions.refresh_stale_plan_positions(partnerships=mine, at=walk.at)

    for verb in LOOKS:
        note(verb=verb, by=walk.officer, at=walk.at, area=walk.partnership.area.path)

    assert positions.refresh_stale_plan_positions(partnerships=mine, at=walk.at) == 0


def test_an_end_closes_what_is_written_waits_or_was_asked_for(cast: Cast) -> None:
    lead = spread(cast)
    waiting = drafted(cast, "advice")
    notices.submit_notice_for_release(notice=waiting, by=cast.officer, at=NOW)
    released_here = released(cast, "advice")
    written = drafted(cast, "advice")
    relayed_before = relayed(cast, "advice")

    life.end_partnership_and_notify(partnership=cast.abroad.partnership, reason=WHY, by=cast.foreign_officer, at=NOW)
    asked = lead.forwardings.get(partnership=cast.abroad.partnership)
    life.end_partnership_and_notify(partnership=cast.here.partnership, reason=WHY, by=cast.officer, at=NOW)

    states = {
        one: Notice.objects.get(pk=one.pk).state for one in (waiting, written, released_here, relayed_before, lead)
    }
    assert states == {
        waiting: "dropped",
        written: "dropped",
        released_here: "expired",
        relayed_before: "relayed",
        lead: "expired",
    }
    assert (asked.state, asked.answered_at) == ("late", NOW)
    assert lead.copies.get().state == "released"  # next door it lives on


def test_an_end_closes_candidacies_absences_to_come_and_the_rota(cast: Cast) -> None:
    partnership, coordinator = cast.here.partnership, cast.here.coordinator
    candidate = candidates.propose_candidate(
        partnership=partnership, person=member(partnership, "Emma"), function="deputy", by=coordinator, at=NOW
    )
    own, deputy = (Mandate.objects.get(person=person) for person in (coordinator, cast.here.deputy))
    for days in (0, 30):
        starts_at = NOW + timedelta(days=days)
        mandates.record_absence_and_ask_deputy(
            mandate=own,
            deputy=deputy,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(days=9),
            by=coordinator,
            at=NOW,
        )
    mandates.begin_standin(deputy=deputy, matter=uuid4(), by=None, at=NOW)
    Rota.objects.create(area=cast.here.area, day_starts=time(8), day_ends=time(20), answer_minutes=15)
    later = NOW + timedelta(hours=1)

    life.end_partnership_and_notify(partnership=partnership, reason=WHY, by=cast.officer, at=later)

    candidate.refresh_from_db()
    assert candidate.state == "withdrawn"
    assert list(Absence.objects.values_list("starts_at", flat=True)) == [NOW]  # the letters of the end are carried
    assert Standin.objects.get().ends_at == later
    assert not Rota.objects.exists()


def test_whoever_is_suspended_leaves_with_an_end_and_is_erased_as_others_are(cast: Cast) -> None:
    partnership = with_members(cast)
    Membership.objects.filter(person__language="nl").update(state="suspended")

    life.end_partnership_and_notify(partnership=partnership, reason=WHY, by=cast.officer, at=NOW)

    assert set(Membership.objects.filter(partnership=partnership).values_list("state", "left_at")) == {("left", NOW)}
