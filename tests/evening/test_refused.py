"""What is refused before, during and after an evening leaves every row of it as it was."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from plp.delivery.channel import BadAddress
from plp.evening import actions as evening
from plp.evening import refusals
from plp.evening.actions import contributions
from plp.evening.minutes import vote_result_in_words
from plp.evening.models import Decision, Invitation, Meeting
from plp.evening.rules import VoteResult
from plp.evening.speaking_notes import DocumentBuilder, add_speaking_notes, speaking_notes
from plp.evening.states import PointKind
from plp.people.rules import BadName
from plp.places.models import Street
from plp.toolbox.moves import Refused, WrongState
from plp.wording.held_words import HeldWords
from tests.evening.stage import ENDS, STARTS, held, opened, opinion_in, plan_of, planned, vote
from tests.factories.cast import NOW, Cast
from tests.factories.rows import leaves_all, rows_of

pytestmark = pytest.mark.django_db
refused = partial(leaves_all, rooms=("evening",))
TOLD = {"by": None, "at": STARTS}


def decided(meeting: Meeting, **changes: object) -> Decision:
    """An agreement with who sees to it."""
    given = {"about": "organisation", "words": "Le comité écrit la charte.", "owner": "Comité", "due": ENDS.date()}
    return evening.record_decision(meeting=meeting, **(given | changes), **TOLD)


def invited(meeting: Meeting) -> Invitation:
    """The letters of one street."""
    street = Street.objects.create(nis="21004", register_id="s1", name_fr="Rue du Pré", name_nl="Weidestraat")
    return Invitation.objects.create(meeting=meeting, street=street, doors=3)


ACCUSING = "Suivons la Golf 1-ABC-123 du Roumain"
SAID_TO_ALL: list[Callable[[Meeting], object]] = [
    *(
        partial(lambda field, meeting: planned(meeting.partnership, **{field: ACCUSING}), field)
        for field in ("place", "street", "access")
    ),
    lambda meeting: evening.change_planned_meeting(meeting=meeting, plan=plan_of(place=ACCUSING), by=None, at=NOW),
    lambda meeting: evening.cancel_meeting_and_notify(meeting=meeting, because=ACCUSING, **TOLD),
    lambda meeting: evening.add_agenda_theme(meeting=meeting, title=ACCUSING, duration=5, **TOLD),
    lambda meeting: evening.prepare_question(meeting=meeting, kind="free", label=ACCUSING, **TOLD),
]
SAID_IN_THE_ROOM: list[Callable[[Meeting], object]] = [
    lambda meeting: evening.record_agenda_point_treated(point=meeting.points.first(), record=ACCUSING, **TOLD),
    lambda meeting: decided(meeting, words=ACCUSING),
    lambda meeting: evening.answer_opinion(opinion=meeting.opinions.get(), answer=ACCUSING, **TOLD),
]


@pytest.mark.parametrize("act", SAID_TO_ALL)
def test_what_all_read_of_an_evening_passes_the_message_check(cast: Cast, act: Callable[[Meeting], object]) -> None:
    meeting = planned(cast.here.partnership)

    assert refused(lambda: act(meeting), HeldWords)


@pytest.mark.parametrize("act", SAID_IN_THE_ROOM)
def test_what_is_noted_in_the_room_passes_it_too(cast: Cast, act: Callable[[Meeting], object]) -> None:
    meeting = opened(cast.here.partnership)
    opinion_in(meeting, cast.here.coordinator)

    assert refused(lambda: act(meeting), HeldWords)


def test_names_of_halls_streets_and_candidates_and_what_was_asked_pass(cast: Cast) -> None:
    meeting = opened(cast.here.partnership, place="Théâtre De Roma", street="Polakstraat 2")
    point, words = meeting.points.first(), "Mogen wij zelf patrouilleren? Neen."

    evening.prepare_question(meeting=meeting, kind="person", label="Kim Polak", function="committee", **TOLD)
    evening.record_agenda_point_treated(point=point, record=words, **TOLD)

    point.refresh_from_db()
    assert point.record == words


def test_a_draft_that_was_kept_unread_is_read_when_it_is_noted(cast: Cast) -> None:
    point = opened(cast.here.partnership).points.first()
    evening.save_point_record_draft(point=point, record=ACCUSING, **TOLD)
    point.refresh_from_db()

    assert refused(lambda: evening.record_agenda_point_treated(point=point, record=ACCUSING, **TOLD), HeldWords)


def test_what_was_typed_on_a_point_and_never_noted_is_not_minuted(cast: Cast) -> None:
    meeting = held(cast.here.partnership)
    meeting.points.filter(position=1).update(record=ACCUSING)

    assert refused(lambda: evening.write_minutes(meeting=meeting, **TOLD), HeldWords)


BEFORE_THE_DOORS: list[Callable[[Meeting], object]] = [
    lambda meeting: evening.set_current_agenda_point(point=meeting.points.first(), **TOLD),
    lambda meeting: evening.save_point_record_draft(point=meeting.points.first(), record="Dit", **TOLD),
    lambda meeting: evening.record_agenda_point_treated(point=meeting.points.first(), record="Dit", **TOLD),
    lambda meeting: evening.record_own_arrival(meeting=meeting, persons=2, name="", **TOLD),
    lambda meeting: evening.set_attendance_on_paper_list(meeting=meeting, persons=2, **TOLD),
    lambda meeting: evening.set_count_of_registration_forms(meeting=meeting, forms=2, **TOLD),
    lambda meeting: evening.open_vote(
        question=evening.prepare_question(meeting=meeting, kind="approval", **TOLD), **TOLD
    ),
]


@pytest.mark.parametrize("act", BEFORE_THE_DOORS)
def test_nothing_is_done_in_a_room_whose_doors_are_shut(cast: Cast, act: Callable[[Meeting], object]) -> None:
    meeting = planned(cast.here.partnership)
    asked = evening.prepare_question(meeting=meeting, kind="free", label="Un barbecue ?", **TOLD)

    with pytest.raises(WrongState):
        act(meeting)

    assert not meeting.attendance.exists()
    assert set(meeting.points.values_list("record", "ticked_at")) == {("", None)}
    assert meeting.questions.get(pk=asked.pk).state == "prepared"


AFTER_THE_END: list[Callable[[Meeting], object]] = [
    lambda meeting: evening.add_agenda_theme(meeting=meeting, title="Vélos", duration=5, **TOLD),
    lambda meeting: evening.prepare_question(meeting=meeting, kind="free", label="Un barbecue ?", **TOLD),
    lambda meeting: evening.record_own_arrival(meeting=meeting, persons=2, name="", **TOLD),
    lambda meeting: evening.set_current_agenda_point(point=meeting.points.first(), **TOLD),
    lambda meeting: evening.save_point_record_draft(point=meeting.points.first(), record="Dit", **TOLD),
]


@pytest.mark.parametrize("act", AFTER_THE_END)
def test_nothing_is_added_to_an_evening_that_is_over(cast: Cast, act: Callable[[Meeting], object]) -> None:
    meeting = held(cast.here.partnership)

    assert refused(lambda: act(meeting), WrongState)


EMPTY: list[tuple[Callable[[Meeting], object], type[Refused]]] = [
    (lambda meeting: evening.add_agenda_theme(meeting=meeting, title="  ", duration=5, **TOLD), refusals.WordsMissing),
    (lambda meeting: decided(meeting, words=" "), refusals.WordsMissing),
    (lambda meeting: decided(meeting, owner=" "), refusals.WordsMissing),
    (lambda meeting: decided(meeting, about="nothing"), refusals.WordsMissing),
    (lambda meeting: evening.set_count_of_registration_forms(meeting=meeting, forms=-1, **TOLD), refusals.TooManyVotes),
    (
        lambda meeting: evening.set_count_of_registration_forms(meeting=meeting, forms=5001, **TOLD),
        refusals.TooManyVotes,
    ),
    (lambda meeting: evening.cast_votes(meeting=meeting, code="", choices={}, **TOLD), refusals.ChoiceMissing),
]


@pytest.mark.parametrize(("act", "refusal"), EMPTY)
def test_what_says_nothing_is_not_kept(cast: Cast, act: Callable[[Meeting], object], refusal: type[Refused]) -> None:
    meeting = opened(cast.here.partnership)

    assert refused(lambda: act(meeting), refusal)


def test_a_vote_for_something_else_than_the_choices_is_none(cast: Cast) -> None:
    meeting = opened(cast.here.partnership)
    question = vote(meeting)
    (code,) = evening.create_ballot_codes(meeting=meeting, number=1, **TOLD)

    assert refused(
        lambda: evening.cast_votes(meeting=meeting, code=code, choices={question.pk: "maybe"}, **TOLD),
        refusals.ChoiceMissing,
    )


def test_an_opinion_is_answered_in_words(cast: Cast) -> None:
    opinion = opinion_in(opened(cast.here.partnership), cast.officer)

    assert refused(lambda: evening.answer_opinion(opinion=opinion, answer=" ", **TOLD), refusals.WordsMissing)


def test_minutes_are_not_corrected_into_nothing(cast: Cast) -> None:
    minutes = evening.write_minutes(meeting=held(cast.here.partnership), by=None, at=ENDS)[0]

    assert refused(lambda: evening.correct_minutes(minutes=minutes, text=" \r\n", **TOLD), refusals.WordsMissing)


@pytest.mark.parametrize(
    "choices", [("costs", ""), ("", "agrees"), ("La Golf grise du 12", "agrees"), ("costs", "Lui")]
)
def test_an_opinion_is_made_of_choices_alone(cast: Cast, choices: tuple[str, str]) -> None:
    meeting, (about, view) = opened(cast.here.partnership), choices
    said = {"about": about, "view": view, "name": "", "by": cast.officer, "at": STARTS}

    assert refused(lambda: evening.record_opinion(meeting=meeting, **said), refusals.WordsMissing)
    assert not meeting.opinions.exists()


def test_no_name_and_no_contact_takes_a_sentence(cast: Cast) -> None:
    meeting, hint = opened(cast.here.partnership), "Le fils du 12 rôde, 1-KAN-777"

    assert refused(lambda: opinion_in(meeting, cast.officer, hint), BadName)
    for name, reach, refusal in ((hint, "0470 00 00 00", BadName), ("Léa", hint, BadAddress)):
        offered = partial(evening.record_help_offer, meeting=meeting, name=name, reach=reach, tasks=[], **TOLD)
        assert refused(offered, refusal)
    assert (meeting.opinions.count(), meeting.offers.count()) == (0, 0)


def test_a_room_that_is_full_takes_no_more_voices(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contributions, "MOST_ROWS", 1)
    meeting, help_of = opened(cast.here.partnership), {"reach": "0470 00 00 00", "tasks": []}
    opinion_in(meeting, cast.officer)
    evening.record_help_offer(meeting=meeting, name="Léa", **help_of, **TOLD)

    assert refused(lambda: opinion_in(meeting, cast.officer), refusals.MeetingFull)
    assert refused(
        lambda: evening.record_help_offer(meeting=meeting, name="Noé", **help_of, **TOLD), refusals.MeetingFull
    )


def test_what_is_done_is_noted_once(cast: Cast) -> None:
    meeting = opened(cast.here.partnership)
    decision, letters = decided(meeting), invited(meeting)
    offer = evening.record_help_offer(meeting=meeting, name="Léa", reach="0470 00 00 00", tasks=[], **TOLD)
    acts: list[Callable[[], None]] = [
        lambda: evening.note_decision_done(decision=decision, **TOLD),
        lambda: evening.note_volunteer_contacted(offer=offer, **TOLD),
        lambda: evening.note_letters_carried(invitation=letters, **TOLD),
    ]

    for act in acts:
        act()
        assert refused(act, WrongState)


def test_letters_that_are_printed_again_keep_their_first_hour(cast: Cast) -> None:
    letters = invited(planned(cast.here.partnership))
    evening.note_letters_printed(invitation=letters, **TOLD)
    before = rows_of("evening")

    evening.note_letters_printed(invitation=letters, by=None, at=STARTS + timedelta(hours=1))

    assert rows_of("evening") == before


@pytest.mark.parametrize("changes", [{"place": " "}, {"street": " "}])
def test_nobody_is_convened_to_nowhere(cast: Cast, changes: dict[str, str]) -> None:
    meeting = planned(cast.here.partnership)
    Meeting.objects.filter(pk=meeting.pk).update(**changes)
    meeting.refresh_from_db()

    assert refused(lambda: evening.publish_meeting(meeting=meeting, by=None, at=NOW), refusals.MeetingPlaceMissing)


def test_minutes_say_that_too_few_voted() -> None:
    assert "10" in vote_result_in_words(VoteResult(5, 4, 0, 10))


def test_on_a_theme_of_ones_own_the_house_says_nothing(cast: Cast) -> None:
    meeting = planned(cast.here.partnership)
    theme, pages = (
        evening.add_agenda_theme(meeting=meeting, title="Vélos", duration=15, by=None, at=NOW),
        DocumentBuilder(),
    )

    add_speaking_notes(pages, theme, "fr", at=NOW)

    assert (theme.key, speaking_notes(theme, "fr", at=NOW), pages.parts) == (PointKind.THEME, None, [])
