"""Something of everything in one partnership with canaries, by the same actions as the pages."""

from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction

from plp.accounts import recoveries
from plp.delivery.installed import channels
from plp.demo import first_evaluation, notice_journey, recent_weeks, sightings_and_questions
from plp.demo.message_texts import ALARM
from plp.demo.quarter import OWN_RULES, Quarter
from plp.demo.year.followup import followup_acts, register_service_and_zone_policy
from plp.demo.year.requests_and_meetings import convene_members, request_and_meeting_acts
from plp.drafts import actions as drafts
from plp.measures.actions import files, steps
from plp.measures.ladders import MEMBER
from plp.measures.states import MeasureGround, MeasureStep
from plp.membership import actions as memberships
from plp.membership import enquiries, list_exports, refusals
from plp.membership.models import Membership
from plp.membership.states import Belonging
from plp.membership.states import Ground as No
from plp.people import buddies
from plp.people.models import Person, Preference
from plp.places.queries import municipality_of, streets_of
from plp.protection import actions as protection
from plp.protection.states import Cause, Data, Risk
from plp.sightings.actions import sightings
from proof.canaries.fields import TokenWriter
from proof.canaries.firm_events import add_firm_rota_referral_and_split
from proof.canaries.tokens import Token

DAY = timedelta(days=1)
APPLICANTS = 42_000  # from which number on those who ask to join are counted


def add_past_and_pending_events(writer: TokenWriter, quarter: Quarter, number: int, *, at: datetime) -> None:
    """What happened since the launch, and what waits today."""
    quarter.applicants = [_join_request_with_token(writer, quarter, number, place) for place in range(4)]
    acts = [*request_and_meeting_acts(quarter, begins=at - 200 * DAY, ends=at - 27 * DAY)]
    acts += followup_acts(quarter, begins=at - 120 * DAY, ends=at - 27 * DAY)
    with transaction.atomic():
        notice_journey.write_release_and_relay_notice(quarter, ALARM, at=at - 300 * DAY)
        for moment, act in sorted(acts, key=lambda dated: dated[0]):
            act(moment)
    recent_weeks.add_recent_weeks(quarter, at=at)
    with transaction.atomic():
        first_evaluation.evaluate_first_year([quarter])
        sightings_and_questions.add_sightings_and_questions([quarter], at=at)
        recent_weeks.file_open_ideas([quarter], at=at)
        register_service_and_zone_policy([quarter], quarter.launched + 30 * DAY)
        convene_members(quarter, at + 20 * DAY, at - DAY)
        _file_sighting_with_tokens(writer, quarter, number, at)
        _ask_and_refuse_applicants(writer, quarter, number, at)
        _add_buddy_measure_export_and_draft(quarter, at)
        _add_breach_and_recovery(quarter, at)
        add_firm_rota_referral_and_split(writer, quarter, number, _members_with_email_and_no_mandate(quarter), at=at)


def _join_request_with_token(writer: TokenWriter, quarter: Quarter, plp: int, number: int) -> memberships.JoinRequest:
    token = Token(plp, APPLICANTS + number, 0)
    email = channels()["email"].normalise(token.as_email(writer.seed))
    return memberships.JoinRequest(
        name=f"Canari {token.as_letters(writer.seed)}",
        language=quarter.setting.languages[0],
        contacts=[("email", email)],
        rules_version=quarter.setting.rules_version,
        is_adult=True,
        lives_or_works_here=True,
        accepts_rules=True,
        internal_rules=OWN_RULES,
        street=streets_of(quarter.partnership.area)[0],
        house=token.as_house_number(),
    )


def _file_sighting_with_tokens(writer: TokenWriter, quarter: Quarter, plp: int, at: datetime) -> None:
    """A report whose every word is a token: the reporter's name and number too."""
    word = Token(plp, APPLICANTS + 10, 96).as_letters(writer.seed)
    account = sightings.SightingReport(
        municipality=municipality_of(quarter.setting.nis),
        place=f"Rue {word}",
        kind="behaviour",
        day=(at - 2 * DAY).date(),
        clock=time(22, 40),
        language=quarter.setting.languages[0],
        facts={"behaviour": f"Canari {word}", "number": "1"},
        reporter=(f"Canari {word}", Token(plp, APPLICANTS + 10, 96).as_phone()),
    )
    sightings.file_and_assign_sighting(report=account, by=None, at=at - DAY / 2)


def _ask_and_refuse_applicants(writer: TokenWriter, quarter: Quarter, plp: int, at: datetime) -> None:
    """One is asked something and answers, one is refused, two wait; each has a token of their own."""
    waiting = list(quarter.partnership.memberships.filter(state=Belonging.PENDING).select_related("person"))
    for number, membership in enumerate(waiting):
        writer.create_token_for_person(membership.person, plp, APPLICANTS + number)
    enquiry = enquiries.send_enquiry(membership=waiting[0], words="Pourquoi ?", by=quarter.coordinator, at=at - DAY)
    enquiries.record_enquiry_answer(enquiry=enquiry, words="yes", by=None, at=at - DAY / 2)
    enquiries.send_enquiry(membership=waiting[1], words="Où ?", by=quarter.coordinator, at=at - DAY)
    refusals.refuse_applicant_and_notify(
        membership=waiting[2], ground=No.values[0], words="Non.", by=quarter.coordinator, at=at - DAY
    )


def _add_buddy_measure_export_and_draft(quarter: Quarter, at: datetime) -> None:
    """A buddy, a note for whoever calls, a pause, a measure that waits, a list taken out, a draft."""
    members = [membership.person for membership in _members_with_email_and_no_mandate(quarter)]
    buddies.request_buddy(
        person=members[1], helper=members[2], version=quarter.setting.rules_version, by=None, at=at - DAY
    )
    _set_preferences(members[3], paused_until=(at + 9 * DAY).isoformat())
    for person in members[:3]:
        _set_preferences(person, call_note="ring")
    file = files.open_measures_file(
        partnership=quarter.partnership, person=members[4], ladder=MEMBER, by=quarter.coordinator, at=at - 9 * DAY
    )
    files.note_talk_and_notify(file=file, held_on=(at - 8 * DAY).date(), came=True, by=quarter.officer, at=at - 7 * DAY)
    files.write_own_words_and_notify(file=file, words="Ce n’était pas moi.", by=members[4], at=at - 6 * DAY)
    why, then = [MeasureGround.HARM, MeasureGround.RULES], at - 5 * DAY
    steps.propose_measure_and_ask_signature(
        file=file, step=list(MeasureStep)[1], grounds=why, happened_on=None, by=quarter.officer, at=then
    )
    list_exports.export_list_and_notify(
        partnership=quarter.partnership,
        form="xlsx",
        reason="Fête de rue",
        proven_at=then,
        by=quarter.coordinator,
        at=then,
    )
    drafts.save_draft(page="/requests/", typed={"words": [f"{members[0].name}"]}, by=quarter.coordinator, at=at)


def _add_breach_and_recovery(quarter: Quarter, at: datetime) -> None:
    """A breach of which the persons were told, and somebody who lost what they sign in with."""
    breach = protection.record_breach(
        area=quarter.partnership.area,
        partnership=quarter.partnership,
        cause=Cause.LOST,
        words="Une liste.",
        data=[Data.NAMES],
        persons=12,
        noticed_at=at - 2 * DAY,
        by=quarter.officer,
        at=at - DAY,
    )
    act: dict[str, Any] = {"breach": breach, "by": quarter.officer, "at": at - DAY / 2}
    protection.decide_breach_risk(
        risk=Risk.HIGH, reason="Des noms.", done="Cherchée.", plain="Une liste fut perdue.", **act
    )
    protection.note_authority_told(on=at - DAY / 2, late_because="Un jour férié.", **act)
    protection.note_persons_told(on=None, not_because="Retrouvée.", **act)
    recoveries.create_recovery_ending_earlier(account=quarter.coordinator.account, by=quarter.officer, at=at - DAY / 4)


def _members_with_email_and_no_mandate(quarter: Quarter) -> list[Membership]:
    office_holders = quarter.partnership.area.mandates.values("person")
    members = quarter.partnership.memberships.filter(state=Belonging.ACTIVE).exclude(person__in=office_holders)
    return list(
        members.filter(person__contacts__channel="email").select_related("person").order_by("pk").distinct()[:8]
    )


def _set_preferences(person: Person, **values: str) -> None:
    wish = Preference.objects.get(person=person)
    for name, value in values.items():
        setattr(wish, name, value)
    wish.save(update_fields=list(values))
