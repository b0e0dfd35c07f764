"""Members say whether they come: places go to whoever came first, a reminder goes out once, nothing is kept after."""

from datetime import timedelta

import pytest

from plp.delivery.models import Dispatch, Message
from plp.evening import actions as evening
from plp.evening.models import Meeting, MeetingReply
from plp.evening.queries.replies import replies_with_needs, reply_counts
from plp.evening.refusals import RepliesClosed
from plp.evening.rules import indexes_that_get_seats
from plp.evening.states import MeetingState
from plp.mandates.queries import NotAllowed
from plp.people.models import Person
from tests.evening.stage import ENDS, STARTS, planned
from tests.factories.cast import NOW, Cast, contact, member, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    """A meeting of the members, four places, everybody invited."""
    meeting = planned(cast.here.partnership, purpose="members", capacity=4)
    evening.convene_meeting_and_count_doors(meeting=meeting, invites=True, by=None, at=NOW)
    return meeting


def neighbours(cast: Cast, *names: str) -> list[Person]:
    """Members with a mail each."""
    people = [member(cast.here.partnership, name) for name in names]
    for number, someone in enumerate(people):
        contact(someone, "email", f"neighbour{number}@plp.test")
    return people


def come(meeting: Meeting, someone: Person, persons: int, minutes: int = 0, *needs: str) -> MeetingReply:
    return evening.answer_invitation_and_reassign_seats(
        meeting=meeting, persons=persons, needs=needs, by=someone, at=NOW + timedelta(minutes=minutes)
    )


@pytest.mark.parametrize(
    ("free", "waiting", "given"),
    [(None, [3, 9], [0, 1]), (0, [1], []), (2, [3, 2, 1], [1]), (4, [3, 2, 1], [0, 2]), (1, [], [])],
)
def test_a_free_place_goes_to_the_first_who_fits(free: int | None, waiting: list[int], given: list[int]) -> None:
    assert indexes_that_get_seats(free, waiting) == given


def test_members_are_invited_and_no_door(cast: Cast) -> None:
    neighbours(cast, "Eva Exemple", "Frank Voorbeeld")

    meeting = planned(cast.here.partnership, purpose="members")
    doors = evening.convene_meeting_and_count_doors(meeting=meeting, invites=True, by=None, at=NOW)

    assert (doors, meeting.mails, meeting.invitations.count()) == (0, 2, 0)
    body = Message.objects.get(purpose="evening.invitation").texts.get(language="fr", channel="email").body
    assert f"/evening/p/{meeting.token}/r/" in body


def test_who_comes_too_late_waits_and_is_told_when_a_place_is_free(cast: Cast, meeting: Meeting) -> None:
    first, second, third = neighbours(cast, "Eva Exemple", "Frank Voorbeeld", "Gaby Exemple")

    waits = [come(meeting, first, 3).is_waiting, come(meeting, second, 2, 1).is_waiting]
    waits.append(come(meeting, third, 1, 2).is_waiting)
    counts = reply_counts(meeting)
    come(meeting, first, 0, 3)

    told = Dispatch.objects.filter(message__purpose="evening.place_free")
    assert waits == [False, True, False]
    assert (counts.coming, counts.waiting, counts.absent) == (4, 2, 0)
    assert [copy.contact.person for copy in told if copy.contact] == [second]
    assert not meeting.replies.filter(is_waiting=True).exists()


def test_fewer_people_keep_their_place_and_more_ask_anew(cast: Cast, meeting: Meeting) -> None:
    first, second = neighbours(cast, "Eva Exemple", "Frank Voorbeeld")
    come(meeting, first, 2)
    come(meeting, second, 2, 1)

    fewer, more = come(meeting, first, 1, 2), come(meeting, second, 4, 3)

    assert (fewer.is_waiting, fewer.asked_at) == (False, NOW)
    assert (more.is_waiting, more.asked_at) == (True, NOW + timedelta(minutes=3))


def test_only_those_who_ask_for_something_are_named(cast: Cast, meeting: Meeting) -> None:
    first, second, third = neighbours(cast, "Eva Exemple", "Frank Voorbeeld", "Gaby Exemple")
    come(meeting, first, 1, 0, "ride", "nonsense")
    come(meeting, second, 1, 1)
    come(meeting, third, 0, 2, "ride")

    asked = [(reply.person.name, reply.needs) for reply in replies_with_needs(meeting)]

    assert asked == [("Eva Exemple", ["ride"])]
    assert (reply_counts(meeting).coming, reply_counts(meeting).absent) == (2, 1)


def test_strangers_and_late_answers_are_refused(cast: Cast, meeting: Meeting) -> None:
    someone = neighbours(cast, "Eva Exemple")[0]

    with pytest.raises(NotAllowed):
        come(meeting, person("Otto Muster"), 1)
    with pytest.raises(RepliesClosed):
        evening.answer_invitation_and_reassign_seats(meeting=meeting, persons=1, needs=(), by=someone, at=ENDS)
    Meeting.objects.update(state=MeetingState.CANCELLED)
    with pytest.raises(RepliesClosed):
        come(meeting, someone, 1)
    assert not MeetingReply.objects.exists()


def test_those_who_come_are_reminded_once_the_day_before(cast: Cast, meeting: Meeting) -> None:
    comes, absent, waits, _silent = neighbours(cast, "Eva Exemple", "Frank Voorbeeld", "Gaby Exemple", "Hugo Exemple")
    come(meeting, comes, 3)
    come(meeting, absent, 0, 1)
    come(meeting, waits, 2, 2)
    early, due = STARTS - timedelta(days=1, minutes=1), STARTS - timedelta(days=1)

    copies = [evening.remind_attendees_of_meetings(by=None, at=moment) for moment in (early, due, due, STARTS)]

    told = Dispatch.objects.filter(message__purpose="evening.reminder")
    assert copies == [0, 1, 0, 0]
    assert [copy.contact.person for copy in told if copy.contact] == [comes]


def test_answers_go_when_the_meeting_is_over(cast: Cast, meeting: Meeting) -> None:
    come(meeting, neighbours(cast, "Eva Exemple")[0], 1)

    kept = evening.delete_old_replies(by=None, at=ENDS)
    past = evening.delete_old_replies(by=None, at=ENDS + timedelta(days=1))

    assert (kept, past, MeetingReply.objects.count()) == (0, 1, 0)
