"""Something of everything in one partnership with canaries, by the same actions as the pages."""

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction

from plp.delivery.installed import channels
from plp.demo import first_evaluation, notice_journey, recent_weeks, sightings_and_questions
from plp.demo.message_texts import ALARM
from plp.demo.quarter import OWN_RULES, Quarter
from plp.demo.year.followup import followup_acts, register_service_and_plan
from plp.demo.year.requests_and_meetings import convene_members, request_and_meeting_acts
from plp.drafts import actions as drafts
from plp.measures.actions import files, steps
from plp.measures.ladders import MEMBER
from plp.measures.states import Ground, Step
from plp.ops.canary.tokens import Token
from plp.partnership import actions as partnerships
from plp.partnership import enquiring, exporting, refusing
from plp.partnership.models import Membership
from plp.partnership.states import Belonging
from plp.partnership.states import Ground as No
from plp.people import buddies, recovering
from plp.people.models import Person, Preference
from plp.places.queries import municipality_of, streets_of
from plp.protection import actions as protection
from plp.protection.states import Cause, Data, Risk
from plp.sightings.actions import sightings

if TYPE_CHECKING:
    from plp.ops.canary.building import Aviary

DAY = timedelta(days=1)
APPLICANTS = 42_000  # from which number on those who ask to join are counted


def live(aviary: "Aviary", quarter: Quarter, number: int) -> None:
    """What happened since the launch, and what waits today."""
    at = aviary.at
    quarter.applicants = [_joining(aviary, quarter, number, one) for one in range(4)]
    acts = [*request_and_meeting_acts(quarter, begins=at - 200 * DAY, ends=at - 27 * DAY)]
    acts += followup_acts(quarter, begins=at - 120 * DAY, ends=at - 27 * DAY)
    with transaction.atomic():
        notice_journey.send_notice(quarter, ALARM, at=at - 300 * DAY)
        for moment, act in sorted(acts, key=lambda one: one[0]):
            act(moment)
    recent_weeks.add_recent_weeks(quarter, at=at)
    with transaction.atomic():
        first_evaluation.evaluate_first_year([quarter])
        sightings_and_questions.add_sightings_and_questions([quarter], at=at)
        recent_weeks.file_open_ideas([quarter], at=at)
        register_service_and_plan([quarter], quarter.launched + 30 * DAY)
        convene_members(quarter, at + 20 * DAY, at - DAY)
        _see(aviary, quarter, number, at)
        _ask_the_applicants(aviary, quarter, number, at)
        _among_members(quarter, at)
        _go_wrong(quarter, at)


def _joining(aviary: "Aviary", quarter: Quarter, plp: int, number: int) -> partnerships.Joining:
    token = Token(plp, APPLICANTS + number, 0)
    email = channels()["email"].normalise(token.mail(aviary.seed))
    return partnerships.Joining(
        name=f"Canari {token.word(aviary.seed)}",
        language=quarter.setting.languages[0],
        contacts=[("email", email)],
        rules_version=quarter.setting.rules_version,
        is_adult=True,
        lives_or_works_here=True,
        accepts_rules=True,
        internal_rules=OWN_RULES,
        street=streets_of(quarter.partnership.area)[0],
        house=token.house(),
    )


def _see(aviary: "Aviary", quarter: Quarter, plp: int, at: datetime) -> None:
    """A report whose every word is a token: the reporter's name and number too."""
    word = Token(plp, APPLICANTS + 10, 96).word(aviary.seed)
    seen = sightings.Seen(
        municipality=municipality_of(quarter.setting.nis),
        place=f"Rue {word}",
        kind="behaviour",
        day=(at - 2 * DAY).date(),
        clock=time(22, 40),
        language=quarter.setting.languages[0],
        facts={"behaviour": f"Canari {word}", "number": "1"},
        reporter=(f"Canari {word}", Token(plp, APPLICANTS + 10, 96).phone()),
    )
    sightings.report(seen=seen, by=None, at=at - DAY / 2)


def _ask_the_applicants(aviary: "Aviary", quarter: Quarter, plp: int, at: datetime) -> None:
    """One is asked something and answers, one is refused, two wait; each has a token of their own."""
    waiting = list(quarter.partnership.memberships.filter(state=Belonging.PENDING).select_related("person"))
    for number, membership in enumerate(waiting):
        aviary.sower.know(membership.person, plp, APPLICANTS + number)
    asked = enquiring.enquire(membership=waiting[0], words="Pourquoi ?", by=quarter.coordinator, at=at - DAY)
    enquiring.reply(enquiry=asked, words="Je suis du quartier.", by=None, at=at - DAY / 2)
    enquiring.enquire(membership=waiting[1], words="Où ?", by=quarter.coordinator, at=at - DAY)
    refusing.refuse(membership=waiting[2], ground=No.values[0], words="Non.", by=quarter.coordinator, at=at - DAY)


def _among_members(quarter: Quarter, at: datetime) -> None:
    """A buddy, a note for whoever calls, a pause, a measure that waits, a list taken out, a draft."""
    some = [one.person for one in _members(quarter)]
    buddies.ask(person=some[1], helper=some[2], version=quarter.setting.rules_version, by=None, at=at - DAY)
    _wish(some[3], paused_until=(at + 9 * DAY).isoformat())
    for person in some[:3]:
        _wish(person, call_note="Laissez sonner longtemps.")
    file = files.open_file(
        partnership=quarter.partnership, person=some[4], ladder=MEMBER, by=quarter.coordinator, at=at - 9 * DAY
    )
    files.note_talk(file=file, held_on=(at - 8 * DAY).date(), came=True, by=quarter.officer, at=at - 7 * DAY)
    files.say(file=file, words="Ce n’était pas moi.", by=some[4], at=at - 6 * DAY)
    why, then = [Ground.HARM, Ground.RULES], at - 5 * DAY
    steps.propose(file=file, step=list(Step)[1], grounds=why, happened_on=None, by=quarter.officer, at=then)
    exporting.take_out(
        partnership=quarter.partnership,
        form="xlsx",
        reason="Fête de rue",
        proven_at=then,
        by=quarter.coordinator,
        at=then,
    )
    drafts.keep(page="/requests/", typed={"words": [f"{some[0].name}"]}, by=quarter.coordinator, at=at)


def _go_wrong(quarter: Quarter, at: datetime) -> None:
    """A breach of which the persons were told, and somebody who lost what they sign in with."""
    breach = protection.record(
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
    sightings_and_questions: dict[str, Any] = {"breach": breach, "by": quarter.officer, "at": at - DAY / 2}
    protection.decide(
        risk=Risk.HIGH, reason="Des noms.", done="Cherchée.", plain="Une liste fut perdue.", **sightings_and_questions
    )
    protection.tell_authority(on=at - DAY / 2, late_because="Un jour férié.", **sightings_and_questions)
    protection.tell_persons(on=None, not_because="Retrouvée.", **sightings_and_questions)
    recovering.ask(account=quarter.coordinator.account, by=quarter.officer, at=at - DAY / 4)


def _members(quarter: Quarter) -> list[Membership]:
    held = quarter.partnership.area.mandates.values("person")
    members = quarter.partnership.memberships.filter(state=Belonging.ACTIVE).exclude(person__in=held)
    return list(
        members.filter(person__contacts__channel="email").select_related("person").order_by("pk").distinct()[:8]
    )


def _wish(person: Person, **values: str) -> None:
    wish = Preference.objects.get(person=person)
    for name, value in values.items():
        setattr(wish, name, value)
    wish.save(update_fields=list(values))
