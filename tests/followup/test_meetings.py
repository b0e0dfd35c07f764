"""Coordinator and police meet: invitation, notes, activities on a desk, minutes that never change (R61)."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from plp.delivery.models import Dispatch
from plp.documents import document_html
from plp.followup.actions import activities, meetings
from plp.followup.actions.clocks import remind_or_pass_on_due_matters
from plp.followup.models import Due, FollowUpMeeting
from plp.followup.papers import minutes_paper
from plp.followup.queries.dues import matters_on_desk
from plp.followup.queries.meetings import meetings_in_scope, minutes_fingerprint
from plp.followup.refusals import BadActivityDay, BadMoment, NothingSaid, NotYetHeld, TooManyPoints
from plp.journal.models import Entry
from plp.mandates.queries import NotAllowed
from plp.partnership.gates import PartnershipOver
from plp.partnership.models import Partnership
from plp.toolbox.moves import WrongState
from plp.wording.held_words import HeldWords
from tests.factories.cast import NOW, Cast
from tests.followup.together import STARTS, convened, held

pytestmark = pytest.mark.django_db
AFTER = STARTS + timedelta(hours=2)
IN_A_MONTH = (STARTS + timedelta(days=30)).date()


def test_nobody_convenes_in_a_partnership_that_has_ended_but_calls_off_what_was(cast: Cast) -> None:
    meeting = convened(cast)
    Partnership.objects.filter(pk=cast.here.partnership.pk).update(state="ended")
    cast.here.partnership.refresh_from_db()
    meeting.refresh_from_db()
    sent = Dispatch.objects.count()
    again = {"starts_at": STARTS, "ends_at": STARTS + timedelta(hours=1), "place": "Gare", "agenda": "Un point"}

    with pytest.raises(PartnershipOver):
        convened(cast)
    with pytest.raises(PartnershipOver):
        meetings.change_meeting_and_notify(meeting=meeting, **again, by=cast.officer, at=NOW)
    assert (FollowUpMeeting.objects.count(), Dispatch.objects.count()) == (1, sent)
    meetings.cancel_meeting_and_notify(meeting=meeting, because="Le partenariat s’arrête.", by=cast.officer, at=NOW)

    assert FollowUpMeeting.objects.get().state == "cancelled"


def test_an_end_calls_off_what_was_convened_once_and_tells_both_sides(cast: Cast) -> None:
    meeting = convened(cast)
    sent = Dispatch.objects.count()
    living = meetings.cancel_meetings_of_ended_partnerships(by=None, at=NOW)
    Partnership.objects.filter(pk=cast.here.partnership.pk).update(state="ended")

    called_off = [meetings.cancel_meetings_of_ended_partnerships(by=None, at=NOW) for _turn in range(2)]

    meeting.refresh_from_db()
    told = Dispatch.objects.order_by("pk").filter(message__purpose="followup.meeting_cancelled")
    assert (living, called_off, meeting.state) == (0, [1, 0], "cancelled")
    assert meeting.cancelled_because == "Ce partenariat a pris fin. Plus aucun message n’est envoyé."
    assert told.count() == Dispatch.objects.count() - sent == sent
    assert Entry.objects.filter(verb="followup.cancelled").count() == 1


def test_both_sides_are_invited_told_of_a_change_and_of_the_end(cast: Cast) -> None:
    meeting = convened(cast)
    meetings.change_meeting_and_notify(
        meeting=meeting,
        starts_at=STARTS + timedelta(days=1),
        ends_at=STARTS + timedelta(days=1, hours=1),
        place="Maison communale",
        agenda="Un point",
        by=cast.here.coordinator,
        at=NOW,
    )
    meetings.cancel_meeting_and_notify(meeting=meeting, because="La salle est fermée.", by=cast.officer, at=NOW)

    def told(purpose: str) -> set[Any]:
        return set(Dispatch.objects.filter(message__purpose=purpose).values_list("contact__person", flat=True))

    both = {cast.officer.pk, cast.second_officer.pk, cast.here.coordinator.pk}
    assert told("followup.meeting_convened") == both
    assert told("followup.meeting_cancelled") == both
    kept = FollowUpMeeting.objects.get()
    assert (kept.state, kept.sequence, kept.place) == ("cancelled", 2, "Maison communale")
    with pytest.raises(WrongState):
        meetings.cancel_meeting_and_notify(meeting=kept, because="Encore.", by=cast.officer, at=NOW)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"starts_at": NOW - timedelta(hours=1)}, BadMoment),
        ({"ends_at": STARTS - timedelta(hours=1)}, BadMoment),
        ({"ends_at": STARTS + timedelta(days=1)}, BadMoment),
        ({"agenda": " \n "}, TooManyPoints),
        ({"agenda": "\n".join(["point"] * 13)}, TooManyPoints),
        ({"agenda": "Des gitans rôdent dans la rue, faites attention."}, HeldWords),
    ],
)
def test_a_bad_plan_is_refused(cast: Cast, changes: dict[str, Any], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        convened(cast, **changes)


def test_an_agenda_names_who_brings_what_and_where_to_write(cast: Cast) -> None:
    agenda = "Merci à Luc\nPrésents : Mme Lecoq, M. Hubert\nÉcrire à haren@plp.example.be"

    assert convened(cast, agenda=agenda).agenda == agenda


def test_an_activity_stands_on_the_desk_of_its_side_until_it_is_done(cast: Cast) -> None:
    meeting = held(cast)
    given: dict[str, Any] = {"meeting": meeting, "due_on": IN_A_MONTH, "by": cast.here.coordinator, "at": AFTER}
    ours = activities.agree_activity(words="Une balade dans le quartier", side="coordinator", **given)
    activities.agree_activity(words="Un exposé sur les vélos", side="police", **given)
    remind_or_pass_on_due_matters(by=None, at=AFTER)
    near = AFTER + timedelta(days=28)

    assert [line.kind.key for line in matters_on_desk(cast.here.coordinator, at=near)] == ["activity_coordinator"]
    police = [line.kind.key for one in (cast.officer, cast.second_officer) for line in matters_on_desk(one, at=near)]
    assert police == ["activity_police"]
    remind_or_pass_on_due_matters(by=None, at=near)
    assert set(Due.objects.exclude(reminded_at=None).values_list("kind", flat=True)) == {
        "activity_coordinator",
        "activity_police",
    }
    activities.finish_activity(activity=ours, by=cast.here.coordinator, at=near)
    assert matters_on_desk(cast.here.coordinator, at=near) == []
    with pytest.raises(BadActivityDay):
        activities.agree_activity(
            **{**given, "due_on": NOW.date() - timedelta(days=1)}, words="Trop tard", side="police"
        )


def test_closed_minutes_never_change_and_say_what_was_said(cast: Cast) -> None:
    meeting = held(cast)
    activities.agree_activity(
        meeting=meeting, words="Une balade", side="coordinator", due_on=IN_A_MONTH, by=cast.officer, at=AFTER
    )
    meetings.close_minutes_and_notify(meeting=meeting, by=cast.here.coordinator, at=AFTER)

    kept = FollowUpMeeting.objects.get()
    entry = Entry.objects.get(verb="followup.closed")
    assert (entry.details["sha256"], minutes_fingerprint(kept)) == (kept.sha256, kept.sha256)
    with pytest.raises(WrongState):
        meetings.write_minutes(meeting=kept, present=1, notes="Autre chose.", ideas="", by=cast.officer, at=AFTER)
    with pytest.raises(WrongState):
        activities.agree_activity(
            meeting=kept, words="Plus", side="police", due_on=IN_A_MONTH, by=cast.officer, at=AFTER
        )
    with translation.override("nl"):
        words = document_html(minutes_paper(kept, "nl"))
    assert "Les vols diminuent." in words
    assert "Une balade" in words
    assert "Volgende activiteiten" in words


def test_what_was_held_is_not_moved_and_can_be_written_again(cast: Cast) -> None:
    meeting = held(cast)
    later = {"starts_at": AFTER + timedelta(days=1), "ends_at": AFTER + timedelta(days=1, hours=1)}
    with pytest.raises(WrongState):
        meetings.change_meeting_and_notify(
            meeting=meeting, place="Ici", agenda="Vols", by=cast.officer, at=AFTER, **later
        )

    meetings.write_minutes(meeting=meeting, present=7, notes="Encore.", ideas="", by=cast.officer, at=AFTER)

    kept = FollowUpMeeting.objects.get()
    assert (kept.present, kept.notes, kept.state) == (7, "Encore.", "held")


def test_an_activity_is_done_once(cast: Cast) -> None:
    given = {"meeting": held(cast), "due_on": IN_A_MONTH, "side": "police", "by": cast.officer, "at": AFTER}
    ours = activities.agree_activity(words="Un exposé sur les vélos", **given)
    activities.finish_activity(activity=ours, by=cast.officer, at=AFTER)

    with pytest.raises(WrongState):
        activities.finish_activity(activity=ours, by=cast.officer, at=AFTER + timedelta(days=1))

    ours.refresh_from_db()
    assert ours.done_at == AFTER


def test_nothing_is_written_before_it_began_and_nothing_closed_without_notes(cast: Cast) -> None:
    meeting = convened(cast)

    with pytest.raises(NotYetHeld):
        meetings.write_minutes(meeting=meeting, present=2, notes="Déjà.", ideas="", by=cast.officer, at=NOW)
    meetings.write_minutes(meeting=meeting, present=2, notes="", ideas="", by=cast.officer, at=AFTER)
    with pytest.raises(NothingSaid):
        meetings.close_minutes_and_notify(meeting=meeting, by=cast.officer, at=AFTER)


def test_rights_in_both_directions(cast: Cast) -> None:
    convened(cast)

    for one in (cast.officer, cast.second_officer, cast.here.coordinator):
        assert meetings_in_scope(one, at=NOW).count() == 1
    for one in (cast.here.deputy, cast.next_door.coordinator, cast.foreign_officer, cast.chief):
        assert meetings_in_scope(one, at=NOW).count() == 0
        with pytest.raises(NotAllowed):
            convened(cast, by=one)
