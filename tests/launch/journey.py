"""A partnership from the idea to the first evaluation by the real acts of every room, one act a fact of the plan."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from plp.charter import actions as charter
from plp.charter.actions.money import CostEntry, FinancingEntry
from plp.charter.models import SLOTS, Deed
from plp.charter.queries import deed_in_preparation_or_signed, default_plan_rules
from plp.evening import actions as evening
from plp.evening.models import Meeting
from plp.evening.rules import VoteCounts
from plp.launch.actions import (
    consultations,
    ideas,
    informed_streets,
    life,
    publicity,
    recognition,
    stakeholders,
    steps,
    surveys,
)
from plp.launch.models import Consultation, Survey
from plp.launch.plan import FACTS
from plp.launch.queries.facts import does_zone_of_area_need_recognition
from plp.launch.queries.records import open_reopenings, recognition_of
from plp.mandates.grants import Role
from plp.membership import candidates
from plp.membership.models import Candidate
from plp.notices.models import Notice, Relay
from plp.partnership import statements
from plp.partnership.models import Partnership, Statement
from plp.people.models import Person
from plp.places import actions as places
from plp.places.models import Street
from plp.places.queries import streets_of
from tests.evening.stage import planned
from tests.factories.cast import NOW, area, hold, person
from tests.factories.outbox import message
from tests.launch.ground import Ground, idea
from tests.places.build import doors, street, whole

PARTIES = {"plp": ("residents", "police", "municipality"), "plp_i": ("traders", "police", "municipality")}


@dataclass
class Journey:
    """``go("idea_recorded")`` does the act that makes it so; ``go_to(...)`` everything up to a step."""

    kind: str = "plp"
    ground: Ground = field(default_factory=Ground)
    at: datetime = NOW
    partnership: Partnership = field(init=False)
    street: Street = field(init=False)
    mayor: Person = field(init=False)

    def __post_init__(self) -> None:
        """Somebody has an idea, and the officer takes it up."""
        self.street = street("Rue du Saule", name_nl="Wilgenstraat")
        doors(self.street, "1", "2", "3")
        self.mayor = person("Maud Voorbeeld", "nl")
        hold(self.mayor, Role.MUNICIPALITY, area("municipality", "be/z1/m21004/", "Bruxelles"))
        founding = ideas.PartnershipDetails(
            "saule", {"fr": "Saule", "nl": "Wilg"}, self.kind, ["fr", "nl"], {"fr": "Vivre", "nl": "Leven"}
        )
        told = idea(self.ground, kind=self.kind)
        self.partnership = ideas.found_partnership_from_idea_and_notify_teller(
            idea=told, founding=founding, words="", by=self.officer, at=self.at
        )
        self.next_day()

    @property
    def officer(self) -> Person:
        """The mandated officer."""
        return self.ground.officer

    def next_day(self) -> None:
        """A day passes."""
        self.at += timedelta(days=1)
        self.partnership = Partnership.objects.select_related("area").get(pk=self.partnership.pk)

    def go(self, fact: str) -> None:
        """Do the act behind ``fact``; refusals rise."""
        ACTS[fact](self)
        self.next_day()

    def go_through(self, facts: Iterable[str]) -> None:
        """Do the acts behind ``facts`` one after the other."""
        for fact in facts:
            self.go(fact)


def talk(authority: str) -> Callable[[Journey], None]:
    """A talk that is on record with its outcome."""

    def act(walk: Journey) -> None:
        held = consultations.TalkDetails(authority, walk.at.date(), "M. Exemple, chef de service", "REF-1", "agreed")
        consultations.record_consultation(partnership=walk.partnership, talk=held, by=walk.officer, at=walk.at)

    return act


def draw(walk: Journey) -> None:
    """The area is one street."""
    places.draw_quarter_and_count_addresses(
        area=walk.partnership.area, selectors=[whole(walk.street)], by=None, at=walk.at
    )


def say_all(walk: Journey) -> None:
    """Every party says a motive, an expectation and an objective."""
    for party in PARTIES[walk.kind]:
        for kind in Statement.Kind.values:
            given = {"party": party, "kind": kind, "text": f"{party} {kind} {walk.at:%j}", "language": "fr"}
            statements.add_statement(partnership=walk.partnership, **given, by=walk.officer, at=walk.at)


def tell_stakeholders(walk: Journey) -> None:
    """One stakeholder, told by letter."""
    given = {"who": "Comité de quartier", "concern": "voisins", "by": walk.officer, "at": walk.at}
    one = stakeholders.add_stakeholder(partnership=walk.partnership, **given)
    told = stakeholders.InformationProof(walk.at.date(), "letter", proof="Lettre du jour")
    stakeholders.record_stakeholder_informed_with_proof(stakeholder=one, telling=told, by=walk.officer, at=walk.at)


def inform_area(walk: Journey) -> None:
    """A letter in every box."""
    informed_streets.mark_streets_informed(
        partnership=walk.partnership,
        means="letter",
        streets=list(streets_of(walk.partnership.area)),
        informed_on=walk.at.date(),
        carrier="Comité",
        by=walk.officer,
        at=walk.at,
    )


def measure(walk: Journey) -> None:
    """A survey, two answers counted on paper, closed."""
    running = Survey.objects.filter(
        partnership=walk.partnership, closed_at=None
    ).first() or surveys.open_survey_and_create_address_codes(
        partnership=walk.partnership, last_day=walk.at.date(), by=walk.officer, at=walk.at
    )
    counted = {"yes": 2, "no": 0, "unsure": 0}
    surveys.save_support_counts_of_street(survey=running, street=walk.street, **counted, by=walk.officer, at=walk.at)
    surveys.close_survey(survey=running, by=walk.officer, at=walk.at)


def meeting_of(walk: Journey) -> Meeting:
    """The evening, planned if there is none."""
    known = Meeting.objects.filter(partnership=walk.partnership).exclude(state="cancelled").order_by("starts_at").last()
    if known is not None:
        return known
    starts = walk.at + timedelta(days=3)
    return planned(walk.partnership, starts_at=starts, ends_at=starts + timedelta(hours=2))


def convene(walk: Journey) -> None:
    """Place and day are fixed."""
    evening.publish_meeting(meeting=meeting_of(walk), by=None, at=walk.at)


def invite(walk: Journey) -> None:
    """Everybody is invited."""
    evening.send_invitations_and_count_doors(meeting=meeting_of(walk), by=None, at=walk.at)


def hold_evening(walk: Journey) -> None:
    """Doors, the vote by a show of hands, seven points, an agreement, the end."""
    meeting = meeting_of(walk)
    walk.at = max(walk.at, meeting.starts_at)
    evening.open_meeting_for_presence_and_votes(meeting=meeting, by=None, at=walk.at)
    evening.set_attendance_on_paper_list(meeting=meeting, persons=30, by=None, at=walk.at)
    question = evening.prepare_question(meeting=meeting, kind="approval", by=None, at=walk.at)
    evening.open_vote(question=question, by=None, at=walk.at)
    evening.enter_show_of_hands(question=question, counts=VoteCounts(yes=20, no=2, abstain=1), by=None, at=walk.at)
    evening.close_vote_and_record_candidate_result(question=question, by=None, at=walk.at)
    for point in meeting.points.all():
        evening.record_agenda_point_treated(point=point, record="Dit.", by=None, at=walk.at)
    evening.end_meeting_and_delete_codes(meeting=Meeting.objects.get(pk=meeting.pk), by=None, at=walk.at)


def agree(walk: Journey) -> None:
    """Something was agreed."""
    given = {"about": "organisation", "words": "Le comité écrit la charte.", "owner": "Comité", "due": walk.at.date()}
    evening.record_decision(meeting=meeting_of(walk), **given, by=None, at=walk.at)


def approve_minutes(walk: Journey) -> None:
    """The minutes are written and approved."""
    meeting = meeting_of(walk)
    evening.write_minutes(meeting=meeting, by=None, at=walk.at)
    evening.approve_minutes(meeting=Meeting.objects.get(pk=meeting.pk), by=None, at=walk.at)


def candidate_of(walk: Journey, function: str) -> Candidate:
    """The candidate on the way, put forward if there is none."""
    on_the_way = Candidate.objects.filter(partnership=walk.partnership, function=function)
    known = on_the_way.filter(state__in=["proposed", "approved", "screened"]).first()
    if known is not None:
        return known
    someone = person("Nora Exemple")
    walk.partnership.memberships.create(person=someone, state="active", asked_at=walk.at, joined_at=walk.at)
    return candidates.propose_candidate(
        partnership=walk.partnership, person=someone, function=function, by=walk.officer, at=walk.at
    )


def approve(function: str) -> Callable[[Journey], None]:
    """The members approve somebody."""

    def act(walk: Journey) -> None:
        counts = {"votes_for": 20, "votes_against": 1, "abstentions": 0}
        given = {"decided_on": walk.at.date(), "occasion": "soirée", **counts}
        candidates.record_approval(candidate=candidate_of(walk, function), **given, by=walk.officer, at=walk.at)

    return act


def screen(walk: Journey, *, is_fit: bool = True) -> None:
    """The police screen the coordinator."""
    one = candidate_of(walk, "coordinator")
    candidates.record_screening_and_end_unfit(
        candidate=one, screened_on=walk.at.date(), is_fit=is_fit, by=walk.officer, at=walk.at
    )


def appoint(walk: Journey) -> None:
    """The coordinator takes office."""
    candidates.appoint_and_admit_candidate(candidate=candidate_of(walk, "coordinator"), by=walk.officer, at=walk.at)


def give_contacts(walk: Journey) -> None:
    """Every partner's contact details."""
    for role in SLOTS:
        given = {"organisation": "Service", "name": "Nom", "email": f"{role}@plp.test", "phone": ""}
        charter.set_contact_and_amend_charter(
            partnership=walk.partnership, slot=role, **given, by=walk.officer, at=walk.at
        )


def agree_on_plan(walk: Journey) -> None:
    """The plan of everybody, agreed by both sides."""
    plan = charter.draft_next_plan_version(
        partnership=walk.partnership, rules=default_plan_rules(), by=None, at=walk.at
    )
    charter.agree_plan_and_enforce_when_both(plan=plan, by=walk.officer, at=walk.at)
    charter.agree_plan_and_enforce_when_both(plan=plan, by=coordinator_of(walk), at=walk.at)


def coordinator_of(walk: Journey) -> Person:
    """Somebody of the partnership's side: a committee member until there is a coordinator."""
    stand_in = Person.objects.filter(mandates__area=walk.partnership.area, mandates__ends_at=None).first()
    if stand_in is None:
        stand_in = person("Olga Comité")
        hold(stand_in, Role.COORDINATOR, walk.partnership.area)
    return stand_in


def finance(walk: Journey) -> None:
    """What it costs and who pays."""
    plan = charter.get_or_begin_financing_draft(partnership=walk.partnership, by=walk.officer, at=walk.at)
    lines = [CostEntry("base", "SMS", Decimal(240), "municipality")]
    entry = FinancingEntry(lines=lines, uninsured_because="La commune demande à son assureur.")
    charter.save_financing_draft(plan=plan, entry=entry, by=walk.officer, at=walk.at)
    charter.adopt_financing_and_amend_charter(plan=plan, may_be_untranslated=True, by=walk.officer, at=walk.at)


def write(kind: str) -> Callable[[Journey], None]:
    """Charter or internal rules, agreed by every side clause by clause."""

    def act(walk: Journey) -> None:
        deed = deed_in_preparation_or_signed(walk.partnership, kind) or charter.draft_next_deed_version(
            partnership=walk.partnership, kind=kind, by=walk.officer, at=walk.at
        )
        seen = dict(deed.clauses.values_list("key", "revision"))
        for side in (walk.officer, walk.mayor, coordinator_of(walk)):
            charter.agree_to_all_clauses(deed=deed, seen=seen, by=side, at=walk.at)

    return act


def sign(walk: Journey) -> None:
    """The text is put up, the four sign, rules and all."""
    deed = deed_in_preparation_or_signed(walk.partnership, Deed.Kind.CHARTER)
    assert deed is not None
    charter.freeze_and_mail_for_signature(deed=deed, order=[], may_be_untranslated=True, by=walk.officer, at=walk.at)
    deed = Deed.objects.get(pk=deed.pk)
    people = (walk.mayor, walk.ground.cast.chief, walk.officer, coordinator_of(walk))
    for role, who in zip(SLOTS, people, strict=True):
        told = {"quality": "", "fingerprint": deed.fingerprint, "proven_at": walk.at}
        charter.sign_charter(deed=deed, slot=role.value, **told, by=who, at=walk.at)


def send_file(walk: Journey) -> None:
    """The file goes to FPS Interior."""
    given = {"sent_on": walk.at.date(), "file": b"zip"}
    recognition.record_file_sent_to_interior(partnership=walk.partnership, **given, by=walk.officer, at=walk.at)


def with_file(act: Callable[..., None], **given: object) -> Callable[[Journey], None]:
    """An act on the file, on the day of the walk."""

    def done(walk: Journey) -> None:
        file = recognition_of(walk.partnership)
        days = {key: walk.at.date() for key, value in given.items() if value is None}
        if file is not None:
            act(recognition=file, **{**given, **days}, by=walk.officer, at=walk.at)

    return done


def go_on(walk: Journey) -> None:
    """The officer decides to go on."""
    steps.move_partnership_to_creation(partnership=walk.partnership, by=walk.officer, at=walk.at)


def launch(walk: Journey) -> None:
    """The launch."""
    life.launch_partnership(partnership=walk.partnership, by=walk.officer, at=walk.at)


def publish(walk: Journey) -> None:
    """A word in the municipal paper."""
    given = {"medium": "bulletin", "title": "Haren Info", "published_on": walk.at.date(), "proof": "n° 4, p. 2"}
    publicity.record_launch_publication(partnership=walk.partnership, **given, by=walk.officer, at=walk.at)


def relay_first(walk: Journey) -> None:
    """A message that the coordinator passed on."""
    notice = Notice.objects.create(
        partnership=walk.partnership,
        kind="advice",
        reason="prevention",
        state="relayed",
        created_at=walk.at,
        relayed_at=walk.at,
        text_hash="x",
    )
    Relay.objects.create(notice=notice, at=walk.at, message=message(), audience=1)


def ticking(fact: str) -> Callable[[Journey], None]:
    """A tick by hand."""

    def act(walk: Journey) -> None:
        given = {"fact": fact, "happened_on": walk.at.date()}
        steps.tick_fact_by_hand(partnership=walk.partnership, **given, by=walk.officer, at=walk.at)

    return act


def nothing(walk: Journey) -> None:
    """Made so by another act."""


ACTS: dict[str, Callable[[Journey], None]] = {
    "idea_recorded": nothing,
    "police_consulted": talk("police"),
    "authority_consulted": talk("municipality"),
    "administrative_contacted": talk("governor"),
    "judicial_contacted": talk("prosecutor"),
    "creation_decided": go_on,
    "area_drawn": draw,
    "statements_complete": say_all,
    "stakeholders_told": tell_stakeholders,
    "area_informed": inform_area,
    "support_measured": measure,
    "evening_convened": convene,
    "evening_invited": invite,
    "evening_held": hold_evening,
    "partnership_approved": nothing,
    "agreements_made": agree,
    "minutes_approved": approve_minutes,
    "coordinator_approved": approve("coordinator"),
    "committee_settled": approve("committee"),
    "coordinator_screened": screen,
    "coordinator_appointed": appoint,
    "contacts_complete": give_contacts,
    "plan_agreed": agree_on_plan,
    "financing_complete": finance,
    "rules_ready": write("rules"),
    "clauses_agreed": write("charter"),
    "charter_signed": sign,
    "rules_signed": nothing,
    "file_sent": send_file,
    "recognition_received": with_file(recognition.record_validation_by_interior, validated_on=None, reference="DGSP-1"),
    "opened": launch,
    "published": publish,
    "first_message": relay_first,
}
ACTS |= {key: ticking(key) for key, fact in FACTS.items() if fact.by_hand and key not in ACTS}


def before(fact: str) -> list[str]:
    """Every fact of ``ACTS`` that usually comes before ``fact``."""
    order = list(ACTS)
    return order[: order.index(fact)]


def strike_talk(walk: Journey) -> None:
    """The talk with the police was noted by mistake."""
    talks = Consultation.objects.filter(partnership=walk.partnership, authority="police")
    for one in talks.select_related("partnership__area"):
        consultations.delete_consultation(consultation=one, by=walk.officer, at=walk.at)


def cancel_evening(walk: Journey) -> None:
    """The evening is cancelled."""
    evening.cancel_meeting_and_notify(meeting=meeting_of(walk), because="La salle est fermée.", by=None, at=walk.at)


def reopen(step: str) -> Callable[[Journey], None]:
    """A step is opened again."""

    def act(walk: Journey) -> None:
        steps.reopen_finished_step(
            partnership=walk.partnership, step=step, reason="Deux rues en plus.", by=walk.officer, at=walk.at
        )

    return act


def close_all(walk: Journey) -> None:
    """What was opened again is closed."""
    for one in open_reopenings(walk.partnership):
        steps.close_reopened_step(reopening=one, by=walk.officer, at=walk.at)


def turn_rule(walk: Journey) -> None:
    """The chief decides otherwise about recognition."""
    zone = walk.ground.cast.zone
    given = {"needs_recognition": not does_zone_of_area_need_recognition(zone), "by": walk.ground.cast.chief}
    recognition.set_recognition_and_figures_rule_of_zone(zone=zone, **given, at=walk.at)


UNDOING: dict[str, tuple[Callable[[Journey], None], set[str]]] = {
    "strike_talk": (strike_talk, {"police_consulted"}),
    "cancel_evening": (cancel_evening, {"evening_convened", "evening_invited"}),
    "screen_unfit": (
        lambda walk: screen(walk, is_fit=False),
        {"coordinator_approved", "coordinator_screened", "coordinator_appointed"},
    ),
    "file_returned": (
        with_file(recognition.record_file_returned_by_interior, returned_on=None, remarks="Une annexe manque."),
        {"file_sent"},
    ),
    "replan": (agree_on_plan, {"clauses_agreed"}),
    "reopen_area": (reopen("area"), set()),
    "reopen_evening": (reopen("evening"), set()),
    "reopen_charter": (reopen("charter"), set()),
    "close_all": (close_all, set()),
    "turn_rule": (turn_rule, set()),
}
