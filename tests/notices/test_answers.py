"""What members say back lands where its kind says: with the police, on the coordinator's desk in red, or as a count."""

from datetime import timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist

from plp.charter.models import PlanRule
from plp.delivery.actions.pressed_keys import refuse_unwanted_calls_and_notify_listeners
from plp.delivery.answer_codes import answer_code, dispatch_id_of_code
from plp.delivery.channel import HEARD, HELP_WANTED, NO_MORE_CALLS
from plp.delivery.models import Dispatch, Message, MessageText
from plp.journal.models import Entry
from plp.mandates.grants import Permission
from plp.mandates.queries import NotAllowed
from plp.membership.models import Membership
from plp.membership.states import Belonging
from plp.notices import actions as notices
from plp.notices.models import Acknowledgement, HelpCall, Notice, NoticeAnswer
from plp.notices.queries import contacts_of_notice_audience
from plp.notices.queries.answers import (
    causes_and_times_of_open_help_calls,
    help_calls_person_may_see,
    last_help_drills_and_response_times,
    persons_offering_help,
    police_office_that_reads_answers,
    unread_answer_counts_for_police,
)
from plp.notices.rules.answers import KEPT, answer_closing_time, split_off_possible_letter_code
from plp.people.models import ContactPoint
from plp.toolbox.moves import WrongState
from tests.factories.cast import NOW, Cast, contact, member
from tests.factories.notices import drafted_notice, submit_and_release

LATER = NOW + timedelta(hours=2)
PLATE = "J'ai vu la plaque 1-ABC-234 devant le 14"


@pytest.fixture
def cast(db: None, settings) -> Cast:
    settings.ANSWERED = ["email", "sms"]
    made = Cast()
    contact(made.here.coordinator, "sms", "+32470000001")
    contact(made.officer, "email", "anne@example.org")
    made.eva = member(made.here.partnership, "Eva Exemple", "nl")
    made.point = contact(made.eva, "sms", "+32470000002")
    return made


def relayed(cast: Cast, kind: str = "information_request", **about: object) -> Notice:
    """A message that reached Eva by SMS."""
    core = "Qui a vu une camionnette blanche rue de Verdun hier soir ?"
    notice = drafted_notice(cast, {"fr": ("Appel", core)}, kind=kind, reason="information", **about)
    submit_and_release(notice, cast)
    notices.relay_notice_to_members(notice=notice, by=cast.here.coordinator, at=NOW)
    notice.refresh_from_db()
    return notice


def reply(cast: Cast, words: str, event: str = "e1", at=LATER) -> bool:
    return notices.save_answer_for_police_if_to_notice(contacts=[cast.point], text=words, event=event, by=None, at=at)


def test_an_answer_to_a_request_lies_with_the_police_alone_and_is_told_so(cast: Cast) -> None:
    notice = relayed(cast)

    taken = [reply(cast, PLATE) for _ in range(2)]  # brought twice, it is there once

    answer = NoticeAnswer.objects.get()
    assert (taken, answer.words, answer.notice, answer.language) == ([True, True], PLATE, notice, "nl")
    assert unread_answer_counts_for_police(cast.officer, at=LATER) == {notice.pk: 1}
    assert unread_answer_counts_for_police(cast.here.coordinator, at=LATER) == {}
    assert unread_answer_counts_for_police(cast.foreign_officer, at=LATER) == {}
    receipt = MessageText.objects.get(message__purpose="notices.answer_taken", channel="sms")
    assert (receipt.language, "alleen de politie" in receipt.body) == ("nl", True)
    line = Entry.objects.get(verb="notice.answered")
    assert (line.area, line.actor, line.target) == ("", "", "")


def test_the_plan_narrows_and_never_widens_who_reads_answers(cast: Cast) -> None:
    request, newsletter = relayed(cast), relayed(cast, "newsletter")
    rules = PlanRule.objects.filter(plan=cast.here.plan)

    offices = [police_office_that_reads_answers(notice, at=LATER) for notice in (request, newsletter)]
    rules.update(answers_narrowed=True)
    narrowed = [police_office_that_reads_answers(notice, at=LATER) for notice in (request, newsletter)]

    assert (offices, narrowed) == (["police", "coordinator"], ["police", "police"])


def test_a_reply_is_to_what_asks_even_when_something_newer_came(cast: Cast) -> None:
    request = relayed(cast)
    relayed(cast, "newsletter")

    assert reply(cast, PLATE)

    assert NoticeAnswer.objects.get().notice == request


def test_who_answers_is_told_which_message_the_answer_lies_with(cast: Cast) -> None:
    cast.point = contact(cast.eva, "email", "eva@example.org")
    relayed(cast, "alarm")

    assert reply(cast, PLATE)

    thanks = MessageText.objects.get(message__purpose="notices.answer_taken", channel="email").body
    assert "uw antwoord op “Alarm, 25 november 2026”" in thanks
    assert "vraag om informatie" not in thanks


def test_a_reply_to_a_newsletter_is_no_answer_for_the_police(cast: Cast) -> None:
    relayed(cast, "newsletter")

    assert not reply(cast, "Je viens à la réunion")


def test_a_flood_is_neither_kept_nor_handed_to_the_coordinator(cast: Cast) -> None:
    relayed(cast)

    taken = [reply(cast, f"Réponse {number}", f"e{number}") for number in range(12)]

    assert (all(taken), NoticeAnswer.objects.count()) == (True, 10)


def test_every_copy_says_until_when_and_bears_a_code_of_its_own(cast: Cast) -> None:
    contact(member(cast.here.partnership, "Bob Deux"), "email", "bob@example.org")
    notice = relayed(cast)

    bodies = {(text.channel, text.language): text.body for text in notice.relay.message.texts.all()}
    number = Dispatch.objects.get(contact=cast.point).pk

    assert notice.answer_by.isoformat() == "2026-12-02"
    assert "Antwoord de politie tot en met 02/12/2026" in bodies["sms", "nl"]
    assert "jusqu’au 2 décembre 2026" in bodies["email", "fr"]
    assert "bis zum 2. Dezember 2026" in bodies["email", "de"]
    assert "by 2 December 2026" in bodies["email", "en"]
    assert dispatch_id_of_code(answer_code(number).upper()) == number
    assert [dispatch_id_of_code(code) for code in ("", "2222222222", answer_code(number)[:-1], "é" * 12)] == [None] * 4


def test_what_asks_nothing_bears_no_line(cast: Cast) -> None:
    notice = relayed(cast, "advice")

    assert all("/a/" not in text.body for text in notice.relay.message.texts.all())


def test_the_code_of_a_letter_counts_whoever_sends_it(cast: Cast) -> None:
    notice = relayed(cast)
    code = answer_code(Dispatch.objects.get(contact=cast.point).pk)

    assert notices.save_answer_for_police_if_to_notice(
        contacts=[], text=f"{code.upper()}: {PLATE}", event="e2", by=None, at=LATER
    )

    assert (NoticeAnswer.objects.get().words, NoticeAnswer.objects.get().notice) == (PLATE, notice)
    assert split_off_possible_letter_code("rue de Verdun 14") == ("", "rue de Verdun 14")
    assert split_off_possible_letter_code("bcdfghjkmn Elle roulait vite") == (
        "bcdfghjkmn",
        "Elle roulait vite",
    )  # some hold no digit


def test_answers_go_thirty_days_after_the_request_closed_and_not_before(cast: Cast) -> None:
    notice = relayed(cast)
    reply(cast, PLATE)
    closed = answer_closing_time(NOW, notice.answer_by)

    before = notices.delete_old_answers_readings_and_help_calls(by=None, at=closed + KEPT - timedelta(minutes=1))
    after = notices.delete_old_answers_readings_and_help_calls(by=None, at=closed + KEPT)

    assert (before, after, NoticeAnswer.objects.count()) == (0, 1, 0)


def test_those_who_answered_hear_the_outcome_where_they_answered_from(cast: Cast) -> None:
    mail = contact(cast.eva, "email", "eva@example.org", rank=2)
    notice = relayed(cast)
    notices.save_answer_for_police_if_to_notice(contacts=[mail], text=PLATE, event="e3", by=None, at=LATER)

    words = {"fr": ("Merci", "La camionnette est retrouvée. Merci à ceux qui ont répondu.")}
    outcome = drafted_notice(cast, words, kind="feedback", reason="information", at=LATER, answers=notice)
    submit_and_release(outcome, cast, at=LATER)
    notices.relay_notice_to_members(notice=outcome, by=cast.here.coordinator, at=LATER)

    copies = Dispatch.objects.filter(message=outcome.relay.message)
    assert [(copy.contact_id, copy.channel, copy.language) for copy in copies] == [(mail.pk, "email", "nl")]


def test_reading_is_said_in_a_word_where_the_plan_wants_it(cast: Cast) -> None:
    notice = relayed(cast)
    PlanRule.objects.filter(plan=cast.here.plan).update(acknowledged=True)

    assert all(reply(cast, words, words) for words in ("OK", "Lu !", "gelezen"))
    notices.record_notice_read_once(notice=notice, by=cast.eva, can_help=True, at=LATER)
    heard = notices.record_notice_of_call_heard(by=cast.eva, message=notice.relay.message, at=LATER)

    row = Acknowledgement.objects.get()
    assert (row.person, row.can_help, heard) == (cast.eva, True, True)
    assert list(persons_offering_help(notice)) == [cast.eva]
    assert not NoticeAnswer.objects.exists()


def test_call_me_is_red_on_the_desk_of_the_coordinator_alone_until_taken(cast: Cast) -> None:
    notice = relayed(cast)

    first = notices.open_help_call_and_mail_coordinator(
        message=notice.relay.message, channel="voice", by=cast.eva, at=LATER
    )
    again = notices.open_help_call_and_mail_coordinator(
        message=notice.relay.message, channel="voice", by=cast.eva, at=LATER
    )

    assert first == again
    assert causes_and_times_of_open_help_calls(cast.here.coordinator, Permission.QUESTION_COORDINATOR, at=LATER) == [
        ("call_me", LATER)
    ]
    assert causes_and_times_of_open_help_calls(cast.officer, Permission.QUESTION_POLICE, at=LATER) == []
    assert (
        causes_and_times_of_open_help_calls(cast.next_door.coordinator, Permission.QUESTION_COORDINATOR, at=LATER) == []
    )
    assert Dispatch.objects.filter(message__purpose="notices.help_called").count() == 1
    with pytest.raises(NotAllowed):
        notices.mark_help_call_taken(call=first, by=cast.officer, at=LATER)
    taken_at = LATER + timedelta(seconds=90)
    notices.mark_help_call_taken(call=first, by=cast.here.coordinator, at=taken_at)
    assert causes_and_times_of_open_help_calls(cast.here.coordinator, Permission.QUESTION_COORDINATOR, at=LATER) == []
    with pytest.raises(WrongState):
        notices.mark_help_call_taken(call=first, by=cast.here.coordinator, at=LATER)
    call = HelpCall.objects.get()
    assert (call.notice, call.channel, call.words, call.at) == (notice, "voice", "", LATER)
    assert (call.taken_at, call.taken_by) == (taken_at, cast.here.coordinator)
    assert noted_calls(cast) == [
        ("help_call.opened", "", {"cause": "call_me"}),
        ("help_call.taken", str(cast.here.coordinator.pk), {"cause": "call_me", "seconds": 90}),
    ]


def test_who_calls_again_after_an_hour_calls_anew(cast: Cast) -> None:
    notice = relayed(cast)
    moments = [LATER, LATER + timedelta(minutes=59), LATER + timedelta(hours=1)]

    for at in moments:
        notices.open_help_call_and_mail_coordinator(message=notice.relay.message, channel="voice", by=cast.eva, at=at)

    assert list(HelpCall.objects.order_by("at").values_list("at", flat=True)) == [moments[0], moments[2]]


def noted_calls(cast: Cast) -> list[tuple[str, str, dict[str, object]]]:
    """What the journal of the quarter says of calls for help."""
    entries = Entry.objects.filter(verb__startswith="help_call.", area=cast.here.area.path).order_by("number")
    return [(entry.verb, entry.actor, entry.details) for entry in entries]


def test_a_message_that_carries_no_notice_is_no_place_to_call_from(cast: Cast) -> None:
    message = Message.objects.create(purpose="people.code", created_at=NOW)

    assert notices.open_help_call_and_mail_coordinator(message=message, channel="voice", by=cast.eva, at=NOW) is None
    assert not notices.record_notice_of_call_heard(by=cast.eva, message=message, at=NOW)


def cry(point: ContactPoint, words: str, event: str = "c1", at=LATER) -> bool:
    return notices.answer_cry_for_help_if_one(contacts=[point], text=words, event=event, by=None, at=at)


def test_a_cry_is_answered_at_once_and_red_for_police_and_coordinator(cast: Cast) -> None:
    words = "Help, inbreker in mijn huis"

    taken = [cry(cast.point, words) for _ in range(2)]

    call = HelpCall.objects.get()
    reply_text = MessageText.objects.get(message__purpose="notices.cry", channel="sms")
    assert (taken, call.cause, call.words, call.partnership) == ([True, True], "cry", words, cast.here.partnership)
    assert (call.channel, call.person, call.at, call.notice) == ("sms", cast.eva, LATER, None)
    assert noted_calls(cast) == [("help_call.opened", "", {"cause": "cry"})]
    assert ("101" in reply_text.body, "112" in reply_text.body, "niemand" in reply_text.body) == (True, True, True)
    assert Message.objects.get(purpose="notices.cry").urgent
    for person, permission in (
        (cast.officer, Permission.QUESTION_POLICE),
        (cast.here.coordinator, Permission.QUESTION_COORDINATOR),
    ):
        assert causes_and_times_of_open_help_calls(person, permission, at=LATER) == [("cry", LATER)]
    assert not help_calls_person_may_see(cast.foreign_officer, Permission.QUESTION_POLICE, at=LATER).exists()
    desk = MessageText.objects.filter(message__purpose="notices.help_called")
    assert not any("inbreker" in text.body or "Eva" in text.body for text in desk)


def test_a_cry_from_somebody_who_stopped_is_answered_too_and_never_without_end(cast: Cast) -> None:
    ContactPoint.objects.filter(pk=cast.point.pk).update(stopped_at=NOW)
    cast.point.refresh_from_db()

    for number in range(6):
        assert cry(cast.point, "Au secours !", f"c{number}")

    assert Dispatch.objects.filter(message__purpose="notices.cry").count() == 3
    assert HelpCall.objects.count() == 1


def test_a_cry_of_a_member_of_two_partnerships_is_red_in_both_until_one_takes_it(cast: Cast) -> None:
    Membership.objects.create(
        partnership=cast.next_door.partnership, person=cast.eva, state=Belonging.ACTIVE, asked_at=NOW, joined_at=NOW
    )

    assert cry(cast.point, "Au secours, un voleur est chez moi")

    assert {call.partnership for call in HelpCall.objects.all()} == {cast.here.partnership, cast.next_door.partnership}
    assert Message.objects.filter(purpose="notices.cry").count() == 1
    call = HelpCall.objects.get(partnership=cast.next_door.partnership)
    notices.mark_help_call_taken(call=call, by=cast.next_door.coordinator, at=LATER)
    assert causes_and_times_of_open_help_calls(cast.here.coordinator, Permission.QUESTION_COORDINATOR, at=LATER) == []
    assert set(HelpCall.objects.values_list("taken_at", "taken_by")) == {(LATER, cast.next_door.coordinator.pk)}
    told = ("help_call.taken", str(cast.next_door.coordinator.pk), {"cause": "cry", "seconds": 0})
    assert noted_calls(cast)[1:] == [told]


def test_a_drill_is_marked_goes_to_both_desks_and_says_how_long_it_took(cast: Cast) -> None:
    drill = notices.start_drill_of_cry_for_help(partnership=cast.here.partnership, by=cast.officer, at=LATER)

    with pytest.raises(WrongState):
        notices.start_drill_of_cry_for_help(partnership=cast.here.partnership, by=cast.here.coordinator, at=LATER)
    with pytest.raises(NotAllowed):
        notices.start_drill_of_cry_for_help(partnership=cast.here.partnership, by=cast.next_door.coordinator, at=LATER)
    with pytest.raises(NotAllowed):
        notices.mark_help_call_taken(call=drill, by=cast.officer, at=LATER)
    assert causes_and_times_of_open_help_calls(cast.officer, Permission.QUESTION_POLICE, at=LATER) == [("drill", LATER)]
    letters = list(MessageText.objects.filter(message__purpose="notices.help_called").values_list("body", flat=True))
    assert letters
    assert all("EXERCICE" in body or "exercice" in body for body in letters)
    notices.mark_help_call_taken(call=drill, by=cast.here.coordinator, at=LATER + timedelta(minutes=4))
    assert [(place, lasted) for place, _at, lasted in last_help_drills_and_response_times([cast.here.partnership])] == [
        (cast.here.partnership, timedelta(minutes=4))
    ]
    row = HelpCall.objects.get()
    assert (row.cause, row.person, row.channel, row.notice) == ("drill", cast.officer, "", None)
    assert noted_calls(cast) == [
        ("help_call.opened", "", {"cause": "drill"}),
        ("help_call.taken", str(cast.here.coordinator.pk), {"cause": "drill", "seconds": 240}),
    ]


def test_thanks_for_help_is_no_cry_and_a_stranger_is_nobody_here(cast: Cast) -> None:
    assert not cry(cast.point, "Bedankt voor de hulp")
    assert not notices.answer_cry_for_help_if_one(contacts=[], text="Help!", event="c9", by=None, at=LATER)
    with pytest.raises(ObjectDoesNotExist):
        HelpCall.objects.get()


@pytest.mark.parametrize(("reason", "calls"), [(HEARD, 0), (HELP_WANTED, 1), (NO_MORE_CALLS, 0)])
def test_a_key_of_a_call_counts_as_heard_and_three_is_red_on_the_desk(cast: Cast, reason: str, calls: int) -> None:
    notice = relayed(cast)
    row = Dispatch.objects.get(message=notice.relay.message, contact=cast.point)
    Dispatch.objects.filter(pk=row.pk).update(channel="voice", state="delivered", reason=reason)

    refuse_unwanted_calls_and_notify_listeners(dispatches=[row.pk], at=LATER)

    assert list(Acknowledgement.objects.values_list("notice", "person")) == [(notice.pk, cast.eva.pk)]
    assert (
        len(causes_and_times_of_open_help_calls(cast.here.coordinator, Permission.QUESTION_COORDINATOR, at=LATER))
        == calls
    )
    assert HelpCall.objects.filter(channel="voice", person=cast.eva).count() == calls


def test_a_request_that_waits_for_its_hour_is_answered_by_nobody(cast: Cast) -> None:
    hour = NOW + timedelta(hours=3)
    relayed(cast, send_at=hour)

    early = reply(cast, "Ce soir, rue de Verdun", "e1", at=LATER)
    late = reply(cast, "Ce soir, rue de Verdun", "e2", at=hour)

    assert (early, late, NoticeAnswer.objects.count()) == (False, True, 1)


def test_feedback_to_a_stopped_request_counts_those_who_answered(cast: Cast) -> None:
    notice = relayed(cast)
    reply(cast, PLATE)
    notices.retract_notice_everywhere(notice=notice, by=cast.officer, at=LATER)
    Dispatch.objects.filter(message=notice.relay.message).update(state="stopped")
    feedback = notices.create_notice_draft(
        partnership=cast.here.partnership,
        kind="feedback",
        reason="information",
        answers=notice,
        by=cast.officer,
        at=LATER,
    )

    assert list(contacts_of_notice_audience(feedback)) == [cast.point]
