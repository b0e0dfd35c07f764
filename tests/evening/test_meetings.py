"""An evening is planned, convened, held with its seven points, and minuted."""

from collections import Counter
from datetime import timedelta
from hashlib import sha256

import pytest
from django.utils.translation import override

from plp.delivery.models import Dispatch
from plp.evening import actions as evening
from plp.evening import refusals
from plp.evening.actions.invitations import NoDoorToInvite
from plp.evening.minutes import hash_of_current_minutes, is_text_unchanged_since_approval
from plp.evening.models import AgendaPoint, Invitation, Minutes
from plp.evening.queries import evening_facts
from plp.evening.rules import meeting_time_fault_key
from plp.evening.states import SEVEN, MeetingState, PointKind, Purpose
from plp.journal.models import Entry
from plp.mandates.queries import NotAllowed
from plp.places.models import Address, CoveredAddress, Street
from plp.toolbox.moves import Refused, WrongState
from tests.evening.stage import ENDS, STARTS, held, opened, opinion_in, plan_of, planned, tick_all
from tests.factories.cast import NOW, Cast, contact, member

pytestmark = pytest.mark.django_db


def doors(cast: Cast, *numbers: str) -> Street:
    """Doors of a street that the quarter covers."""
    street = Street.objects.create(
        nis="21004", register_id="s1", name_fr="Rue du Pré", name_nl="Weidestraat", folded="x"
    )
    for number in numbers:
        address = Address.objects.create(street=street, register_id=f"a{number}", number=number, sort_key=number)
        CoveredAddress.objects.create(area=cast.here.area, address=address)
    return street


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_what_a_meeting_is_called_fits_a_narrow_telephone(language: str) -> None:
    with override(language):
        words = [word for purpose in Purpose for word in str(purpose.label).split()]

    assert max(map(len, words)) <= 17  # letters of a title on 320 pixels


def test_an_information_evening_has_the_seven_points_of_the_founding_text(cast: Cast) -> None:
    meeting = planned(cast.here.partnership, cast.here.coordinator)

    assert [point.key for point in meeting.points.all()] == [
        "concept",
        "partners",
        "approval",
        "plan_and_costs",
        "volunteers",
        "participants",
        "agreements",
    ]
    assert {str(key) for key in SEVEN} == {point.key for point in meeting.points.all()}


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"starts_at": NOW - timedelta(hours=1)}, refusals.MeetingInThePast),
        ({"starts_at": NOW}, refusals.MeetingInThePast),
        ({"ends_at": STARTS}, refusals.MeetingEndsFirst),
        ({"ends_at": STARTS + timedelta(days=1)}, refusals.MeetingTooLong),
        ({"place": "  "}, refusals.MeetingPlaceMissing),
        ({"street": ""}, refusals.MeetingPlaceMissing),
        ({"languages": ()}, refusals.MeetingLanguageMissing),
    ],
)
def test_a_plan_that_cannot_be_is_refused(cast: Cast, changes: dict, refusal: type[Refused]) -> None:
    with pytest.raises(refusal):
        evening.plan_meeting(partnership=cast.here.partnership, plan=plan_of(**changes), by=None, at=NOW)


def test_the_clock_is_judged_without_a_database() -> None:
    assert meeting_time_fault_key(STARTS, ENDS, NOW) == ""


def test_who_leads_next_door_or_sits_elsewhere_may_not(cast: Cast) -> None:
    meeting = planned(cast.here.partnership, cast.officer)

    for stranger in (cast.next_door.coordinator, cast.foreign_officer, cast.chief, cast.here.deputy):
        with pytest.raises(NotAllowed):
            evening.publish_meeting(meeting=meeting, by=stranger, at=NOW)
    evening.publish_meeting(meeting=meeting, by=cast.here.coordinator, at=NOW)

    assert meeting.state == MeetingState.CONVENED


def test_nobody_is_convened_too_late_or_without_the_seven_points(cast: Cast) -> None:
    meeting = planned(cast.here.partnership)

    with pytest.raises(refusals.MeetingInThePast):
        evening.publish_meeting(meeting=meeting, by=None, at=STARTS)
    AgendaPoint.objects.filter(meeting=meeting, key=PointKind.PARTNERS).delete()
    with pytest.raises(refusals.PointsMissing) as refused:
        evening.publish_meeting(meeting=meeting, by=None, at=NOW)
    assert refused.value.details == {"points": str(PointKind.PARTNERS.label)}


def test_a_convened_meeting_is_not_replanned(cast: Cast) -> None:
    meeting = planned(cast.here.partnership)
    evening.change_planned_meeting(meeting=meeting, plan=plan_of(place="École"), by=cast.officer, at=NOW)
    assert meeting.place == "École"
    evening.publish_meeting(meeting=meeting, by=None, at=NOW)

    with pytest.raises(WrongState):
        evening.change_planned_meeting(meeting=meeting, plan=plan_of(), by=cast.officer, at=NOW)


def test_every_door_and_every_registered_person_is_invited_once(cast: Cast) -> None:
    doors(cast, "1", "3", "5")
    meeting = planned(cast.here.partnership)
    for name, language in (("Eva Proef", "nl"), ("Félix Essai", "fr")):
        contact(member(cast.here.partnership, name, language), "email", f"{language}@plp.test")
    evening.publish_meeting(meeting=meeting, by=None, at=NOW)

    assert evening.send_invitations_and_count_doors(meeting=meeting, by=cast.here.coordinator, at=NOW) == 3

    assert Dispatch.objects.count() == 2
    invitation = Invitation.objects.get()
    evening.note_letters_printed(invitation=invitation, by=cast.here.coordinator, at=NOW)
    evening.note_letters_carried(invitation=invitation, by=cast.here.coordinator, at=NOW)
    invited = evening_facts(cast.here.partnership).invited
    assert (invited.doors, invited.streets, invited.mails) == (3, 1, 2)
    invitation.refresh_from_db()
    assert None not in (invitation.printed_at, invitation.carried_at)
    with pytest.raises(WrongState):
        evening.send_invitations_and_count_doors(meeting=meeting, by=cast.here.coordinator, at=NOW)


def test_everybody_is_invited_twice_a_day_and_told_only_of_what_they_were_invited_to(cast: Cast) -> None:
    doors(cast, "1")
    contact(member(cast.here.partnership, "Eva Proef", "nl"), "email", "eva@plp.test")
    meetings = [planned(cast.here.partnership) for _number in range(4)]
    for meeting in meetings:
        evening.publish_meeting(meeting=meeting, by=None, at=NOW)
    for meeting in meetings[:2]:
        evening.send_invitations_and_count_doors(meeting=meeting, by=cast.here.coordinator, at=NOW)

    with pytest.raises(refusals.TooManyLettersToday):
        evening.send_invitations_and_count_doors(
            meeting=meetings[2], by=cast.here.coordinator, at=NOW + timedelta(hours=23)
        )
    evening.send_invitations_and_count_doors(
        meeting=meetings[2], by=cast.here.coordinator, at=NOW + timedelta(hours=24)
    )
    for meeting in meetings:
        evening.cancel_meeting_and_notify(meeting=meeting, because="Salle fermée", by=cast.here.coordinator, at=NOW)

    purposes = Counter(Dispatch.objects.values_list("message__purpose", flat=True))
    assert purposes == {"evening.invitation": 3, "evening.cancelled": 3}


def test_a_quarter_without_streets_invites_nobody(cast: Cast) -> None:
    meeting = planned(cast.here.partnership)
    evening.publish_meeting(meeting=meeting, by=None, at=NOW)

    with pytest.raises(NoDoorToInvite):
        evening.send_invitations_and_count_doors(meeting=meeting, by=None, at=NOW)
    assert not evening_facts(cast.here.partnership).invited


def test_the_doors_open_on_the_day_itself(cast: Cast) -> None:
    meeting = planned(cast.here.partnership)
    evening.publish_meeting(meeting=meeting, by=None, at=NOW)

    with pytest.raises(refusals.DoorsTooEarly):
        evening.open_meeting_for_presence_and_votes(meeting=meeting, by=None, at=STARTS - timedelta(hours=13))
    evening.open_meeting_for_presence_and_votes(meeting=meeting, by=None, at=STARTS - timedelta(hours=1))

    assert meeting.opened_at == STARTS - timedelta(hours=1)


def test_held_only_when_all_seven_points_are_ticked(cast: Cast) -> None:
    meeting = opened(cast.here.partnership)
    points = list(meeting.points.all())
    for point in points[:6]:
        evening.record_agenda_point_treated(point=point, record="", by=None, at=STARTS)

    with pytest.raises(refusals.PointsMissing) as refused:
        evening.end_meeting_and_delete_codes(meeting=meeting, by=None, at=ENDS)
    assert refused.value.details == {"points": str(PointKind.AGREEMENTS.label)}
    evening.record_agenda_point_treated(point=points[6], record="Réunion en mars", by=None, at=STARTS)
    evening.end_meeting_and_delete_codes(meeting=meeting, by=None, at=ENDS)

    assert meeting.state == MeetingState.HELD
    assert evening_facts(cast.here.partnership).points_ticked == {str(key) for key in SEVEN}


def test_a_meeting_that_is_called_off_says_why_and_tells_who_was_told(cast: Cast) -> None:
    doors(cast, "1")
    meeting = planned(cast.here.partnership)
    contact(member(cast.here.partnership, "Eva Proef", "nl"), "email", "eva@plp.test")
    evening.publish_meeting(meeting=meeting, by=None, at=NOW)
    evening.send_invitations_and_count_doors(meeting=meeting, by=None, at=NOW)

    with pytest.raises(refusals.WordsMissing):
        evening.cancel_meeting_and_notify(meeting=meeting, because=" ", by=None, at=NOW)
    evening.cancel_meeting_and_notify(meeting=meeting, because="La salle a brûlé", by=cast.officer, at=NOW)

    assert Dispatch.objects.filter(message__purpose="evening.cancelled").count() == 1
    assert evening_facts(cast.here.partnership).planned is None


def test_minutes_are_written_corrected_approved_and_then_never_change(cast: Cast) -> None:
    meeting = opened(cast.here.partnership)
    opinion_in(meeting, cast.officer)
    evening.record_decision(
        meeting=meeting, about="evaluation", words="Évaluer", owner="Comité", due=ENDS.date(), by=None, at=STARTS
    )
    tick_all(meeting)
    evening.end_meeting_and_delete_codes(meeting=meeting, by=None, at=ENDS)
    french, dutch = evening.write_minutes(meeting=meeting, by=cast.here.coordinator, at=ENDS)
    assert "Dit : concept" in french.text
    assert "- Les coûts : une personne n’est pas d’accord" in french.text
    assert dutch.text.startswith("# Verslag")

    evening.correct_minutes(minutes=french, text="# Procès-verbal\r\n\r\nCorrigé {ainsi}", by=None, at=ENDS)
    read = hash_of_current_minutes(meeting)
    evening.approve_minutes(
        meeting=meeting, text_hash=read, may_be_untranslated=True, by=cast.here.coordinator, at=ENDS
    )

    kept = Minutes.objects.get(language="fr")
    assert kept.sha256 == sha256("# Procès-verbal\n\nCorrigé {ainsi}".encode()).hexdigest()
    assert Entry.objects.get(verb="evening.minutes_approved").details["sha256"]["fr"] == kept.sha256
    with pytest.raises(WrongState):
        evening.correct_minutes(minutes=kept, text="Autre", by=None, at=ENDS)
    assert is_text_unchanged_since_approval(kept)
    Minutes.objects.filter(pk=kept.pk).update(text=kept.text + ".")
    assert not is_text_unchanged_since_approval(Minutes.objects.get(pk=kept.pk))


def test_two_people_read_the_minutes_before_all_do(cast: Cast) -> None:
    meeting = held(cast.here.partnership)
    writer, reader = cast.here.coordinator, cast.officer
    minutes, _dutch = evening.write_minutes(meeting=meeting, by=writer, at=ENDS)
    with pytest.raises(refusals.OwnMinutes):
        evening.approve_minutes(meeting=meeting, by=writer, at=ENDS)
    evening.correct_minutes(minutes=minutes, text="# Autrement", by=reader, at=ENDS)
    with pytest.raises(refusals.OwnMinutes):
        evening.approve_minutes(meeting=meeting, by=reader, at=ENDS)

    read = hash_of_current_minutes(meeting)
    with pytest.raises(refusals.MinutesUntranslated):
        evening.approve_minutes(meeting=meeting, text_hash=read, by=writer, at=ENDS)
    evening.approve_minutes(meeting=meeting, text_hash=read, may_be_untranslated=True, by=writer, at=ENDS)

    assert meeting.state == MeetingState.APPROVED


def test_minutes_are_approved_in_all_languages_as_they_were_read(cast: Cast) -> None:
    meeting = held(cast.here.partnership)
    writer, reader = cast.here.coordinator, cast.officer
    _french, dutch = evening.write_minutes(meeting=meeting, by=writer, at=ENDS)
    read = hash_of_current_minutes(meeting)
    evening.correct_minutes(minutes=dutch, text="# Een zin die niemand las", by=writer, at=ENDS)

    for text_hash in (read, ""):
        with pytest.raises(refusals.MinutesChanged):
            evening.approve_minutes(meeting=meeting, text_hash=text_hash, by=reader, at=ENDS)
    assert not Minutes.objects.exclude(sha256="").exists()
    evening.approve_minutes(meeting=meeting, text_hash=hash_of_current_minutes(meeting), by=reader, at=ENDS)

    assert meeting.state == MeetingState.APPROVED


def test_an_opinion_that_a_version_before_kept_in_many_lines_stays_one_entry_of_the_minutes(cast: Cast) -> None:
    meeting = opened(cast.here.partnership, languages=("de",))
    meeting.opinions.create(words="Nein!\n\n# Titel\n- a", name="", answer="Ja,\n- doch")
    tick_all(meeting)
    evening.end_meeting_and_delete_codes(meeting=meeting, by=None, at=ENDS)

    (minutes,) = evening.write_minutes(meeting=meeting, by=None, at=ENDS)

    assert minutes.text.splitlines()[-2:] == ["- Nein! # Titel - a", "  - Antwort: Ja, - doch"]
    assert "Mittwoch, 9. Dezember 2026, 10\xa0Uhr" in minutes.text.splitlines()


def test_approved_minutes_are_sent_once_to_who_registered(cast: Cast) -> None:
    contact(member(cast.here.partnership, "Eva Proef", "nl"), "email", "eva@plp.test")
    meeting = held(cast.here.partnership)
    evening.write_minutes(meeting=meeting, by=None, at=ENDS)
    with pytest.raises(WrongState):
        evening.announce_minutes(meeting=meeting, by=None, at=ENDS)
    evening.approve_minutes(meeting=meeting, by=None, at=ENDS)

    assert evening.announce_minutes(meeting=meeting, by=cast.officer, at=ENDS) == 1
    with pytest.raises(WrongState):
        evening.announce_minutes(meeting=meeting, by=cast.officer, at=ENDS)


def test_opinions_offers_and_decisions_are_kept_answered_and_struck(cast: Cast) -> None:
    meeting = opened(cast.here.partnership)
    opinion = opinion_in(meeting, cast.officer, "Léa")
    offer = evening.record_help_offer(
        meeting=meeting, name="Léa", reach="0470 00 00 00", tasks=["letters", "fly"], by=None, at=STARTS
    )

    evening.answer_opinion(opinion=opinion, answer="Tout est gratuit", by=cast.officer, at=STARTS)
    evening.note_volunteer_contacted(offer=offer, by=cast.officer, at=STARTS)

    assert offer.tasks == ["letters"]
    assert meeting.opinions.get().answer == "Tout est gratuit"
    evening.delete_or_anonymise_contribution(row=opinion, by=cast.officer, at=STARTS)
    evening.delete_or_anonymise_contribution(row=offer, by=cast.officer, at=STARTS)
    assert (meeting.opinions.count(), meeting.offers.count()) == (0, 0)
    with pytest.raises(refusals.TaskInThePast):
        evening.record_decision(
            meeting=meeting, about="evaluation", words="x", owner="y", due=NOW.date(), by=None, at=STARTS
        )
    with pytest.raises(refusals.WordsMissing):
        evening.record_help_offer(meeting=meeting, name="", reach="x", tasks=[], by=None, at=STARTS)


def test_presence_is_counted_on_paper_and_on_screen_and_needs_no_name(cast: Cast) -> None:
    meeting = opened(cast.here.partnership, persons=40)
    evening.set_attendance_on_paper_list(meeting=meeting, persons=42, by=cast.officer, at=STARTS)
    evening.record_own_arrival(meeting=meeting, persons=2, name="", by=None, at=STARTS)
    evening.record_own_arrival(meeting=meeting, persons=999, name="Léa", by=None, at=STARTS)

    assert sum(meeting.attendance.values_list("persons", flat=True)) == 42 + 2 + 12
    named = [row for row in meeting.attendance.all() if row.name]
    evening.delete_or_anonymise_contribution(row=named[0], by=cast.officer, at=STARTS)
    assert [row.name for row in meeting.attendance.all()] == ["", "", ""]
    with pytest.raises(refusals.TooManyVotes):
        evening.set_attendance_on_paper_list(meeting=meeting, persons=-1, by=cast.officer, at=STARTS)


def test_facts_begin_empty(cast: Cast) -> None:
    nothing = evening_facts(cast.here.partnership)
    assert (nothing.planned, nothing.approval, nothing.decisions) == (None, None, 0)

    meeting = held(cast.here.partnership)

    now = evening_facts(cast.here.partnership)
    assert now.planned == meeting
    assert now.held_at == ENDS


def test_facts_take_five_queries(cast: Cast, django_assert_num_queries: object) -> None:
    doors(cast, "1")
    meeting = planned(cast.here.partnership)
    evening.publish_meeting(meeting=meeting, by=None, at=NOW)
    evening.send_invitations_and_count_doors(meeting=meeting, by=None, at=NOW)

    with django_assert_num_queries(5):  # type: ignore[operator]
        evening_facts(cast.here.partnership)


def test_a_theme_stands_at_the_end_of_the_agenda(cast: Cast) -> None:
    meeting = planned(cast.here.partnership, purpose="members")
    evening.add_agenda_theme(meeting=meeting, title="  Vélos  ", duration=15, by=cast.here.coordinator, at=NOW)

    assert [point.name for point in meeting.points.all()][-1] == "Vélos"


@pytest.mark.parametrize(("minutes", "expected"), [(45, 45), (110, 110), (150, 110)])
def test_the_usual_agenda_fits_into_the_meeting(minutes: int, expected: int) -> None:
    meeting = planned(Cast().here.partnership, ends_at=STARTS + timedelta(minutes=minutes))

    durations = list(meeting.points.values_list("duration", flat=True))

    assert len(durations) == 7
    assert expected - 7 <= sum(durations) <= expected
