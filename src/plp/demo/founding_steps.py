"""From the idea to the launch, step by step, by the same actions as the pages: how each demo partnership came to be."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import Count, Q

from plp.charter import actions as charter
from plp.charter.actions.money import CostEntry, FinancingEntry
from plp.charter.models import SLOTS, CostLine, Deed
from plp.charter.queries import default_plan_rules
from plp.demo import founding_texts as words
from plp.demo.minutes import translate_noted_texts
from plp.demo.quarter_settings import QuarterSetting
from plp.demo.staff import ZoneStaff
from plp.evening import actions as evening
from plp.evening.minutes import hash_of_current_minutes
from plp.evening.models import Decision, Meeting, Opinion, Question
from plp.evening.rules import VoteCounts
from plp.launch.actions import area as areas
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
from plp.launch.dossier import dossier_zip
from plp.launch.models import Idea, Informing, Publication, Recognition, Sign, Stakeholder, Survey
from plp.mandates.grants import Role
from plp.membership import actions as memberships
from plp.membership import candidates
from plp.membership.models import Candidate
from plp.membership.states import Function
from plp.partnership import statements
from plp.partnership.models import Partnership
from plp.partnership.purposes import common_purpose
from plp.partnership.translations import StoredTranslation, TranslatedText
from plp.people import actions as people
from plp.people.models import Person
from plp.places.models import Address, Street
from plp.places.municipality_titles import municipality_title
from plp.places.queries import StreetPart, addresses_of, municipality_of, streets_of
from plp.toolbox.clock import local

CHOSEN = (Function.COORDINATOR, Function.DEPUTY, Function.COMMITTEE)
FRIDAY = 4  # of ``weekday``
MAIN_ROAD = re.compile(r"chauss|steenweg|route|avenue|boulevard|laan\b|\bzone\b", re.IGNORECASE)


@dataclass
class FoundingSteps:
    """One partnership on its way. ``launched`` is the moment of the launch; everything before is counted back from it.

    ``named`` gives the invented people who stand as candidates, in the order of ``CHOSEN``.
    """

    setting: QuarterSetting
    staff: ZoneStaff
    launched: datetime
    named: list[str]
    partnership: Partnership = field(init=False)
    meeting: Meeting = field(init=False)
    chosen: dict[str, Person] = field(default_factory=dict)

    @property
    def language(self) -> str:
        """The first language of the quarter, in which things are noted."""
        return self.setting.languages[0]

    def time_before_launch(self, days_to_launch: int, hour: int = 10) -> datetime:
        """``days_to_launch`` before the launch, at a full hour of the Belgian clock."""
        return local(self.launched - timedelta(days=days_to_launch)).replace(
            hour=hour, minute=0, second=0, microsecond=0
        )

    def working_time_before_launch(self, days_to_launch: int, hour: int = 10) -> datetime:
        """The same, on the Friday before where that falls in a weekend: services write on working days."""
        moment = self.time_before_launch(days_to_launch, hour)
        return moment - timedelta(days=max(moment.weekday() - FRIDAY, 0))

    def steps(self) -> tuple[tuple[str, Callable[[], object]], ...]:
        """Every step with its name, in order."""
        return (
            ("somebody tells the police an idea", self.file_idea),
            ("the officer takes the idea up", self.found_partnership_from_idea),
            ("police, municipality and prosecutor are consulted", self.consult_authorities),
            ("the area is drawn", self.set_all_streets_as_area),
            ("each party says what it wants", self.state_objectives),
            ("an evening is convened", self.convene_evening),
            ("everybody who must know is told", self.record_stakeholders_and_streets_informed),
            ("the homes are asked", self.survey_homes),
            ("all residents are invited to the evening", self.invite_residents),
            ("the evening is held, and votes", self.hold_evening),
            ("the minutes are approved", self.write_and_announce_minutes),
            ("coordinator, deputy and committee take office", self.appoint_elected),
            ("the communication plan is agreed", self.agree_communication_plan),
            ("all partners write charter and internal rules", self.agree_financing_rules_and_charter),
            ("mayor, chief, officer and coordinator sign", self.sign_charter),
            ("FPS Interior recognises the partnership", self.obtain_recognition),
            ("the partnership is launched", self.launch),
        )

    def file_idea(self) -> None:
        """A neighbour, or the traders, fill in the public form (R10)."""
        setting, street = self.setting, self._streets_of_setting()[0]
        telling = ideas.IdeaDetails(
            municipality=municipality_of(setting.nis),
            street_text=street.name(self.language),
            postcode=setting.postcode,
            origin=Idea.Origin.TRADERS if setting.is_for_shops else Idea.Origin.RESIDENT,
            kind=setting.kind,
            words=(words.SHOPS if setting.is_for_shops else words.IDEA)[self.language],
            language=self.language,
            street=street,
            contact=("email", f"idee.{setting.key}@example.org"),
        )
        self.idea = ideas.file_idea_and_notify_zone_desk(telling=telling, by=None, at=self.time_before_launch(240))

    def found_partnership_from_idea(self) -> None:
        """The officer answers and opens the file of the partnership."""
        setting = self.setting
        founding = ideas.PartnershipDetails(
            key=setting.key,
            names=setting.names,
            kind=setting.kind,
            languages=setting.languages,
            purpose=common_purpose(setting.kind),
        )
        self.partnership = ideas.found_partnership_from_idea_and_notify_teller(
            idea=self.idea,
            founding=founding,
            words=words.TAKEN_UP[self.language],
            by=self.staff.officer,
            at=self.time_before_launch(236),
        )
        Partnership.objects.filter(pk=self.partnership.pk).update(
            contact_email=f"coordination.{setting.key}@example.org", contact_phone=setting.desk
        )
        self.partnership.refresh_from_db()

    def consult_authorities(self) -> None:
        """The three talks of the founding text, then the decision to go on (R12, R13)."""
        at = self.working_time_before_launch(226)
        for number, (authority, (persons, outcome)) in enumerate(words.TALKS.items(), start=1):
            talk = consultations.TalkDetails(
                authority=authority,
                held_on=at.date(),
                persons=persons[self.language],
                reference=f"{self.setting.key.upper()}/{number}",
                outcome=outcome,
            )
            consultations.record_consultation(partnership=self.partnership, talk=talk, by=self.staff.officer, at=at)
        steps.move_partnership_to_creation(
            partnership=self.partnership, by=self.staff.officer, at=self.time_before_launch(224)
        )
        self.partnership.refresh_from_db()

    def set_all_streets_as_area(self) -> None:
        """Every street of the setting, whole (R4)."""
        parts = [StreetPart(street) for street in self._streets_of_setting()]
        areas.replace_covered_streets_and_count_addresses(
            partnership=self.partnership, parts=parts, by=self.staff.officer, at=self.time_before_launch(218)
        )
        self.partnership.area.refresh_from_db()

    def state_objectives(self) -> None:
        """Motives, expectations and objectives per party (R14)."""
        statements_by_party = words.STATEMENTS_OF_SHOPS if self.setting.is_for_shops else words.STATEMENTS
        for side, statements_by_kind in statements_by_party.items():
            for kind, texts in statements_by_kind.items():
                statements.add_statement(
                    partnership=self.partnership,
                    party=side,
                    kind=kind,
                    text=texts[self.language],
                    language=self.language,
                    others=self._texts_in_other_languages(texts),
                    by=self.staff.officer,
                    at=self.time_before_launch(214),
                )

    def convene_evening(self) -> None:
        """Date and place, before the letters that say them (R18)."""
        starts = self.working_time_before_launch(150, hour=19)
        plan = evening.MeetingPlan(
            place=f"{words.HALL} {self.setting.place}",
            street=f"{self._streets_of_setting()[0].names} 1",
            starts_at=starts,
            ends_at=starts + timedelta(hours=2),
            languages=self.setting.languages,
            access=words.ACCESS[self.language],
            translations={"access": self._translation_in_stored_form(words.ACCESS)},
            capacity=150,
        )
        by, at = self.staff.officer, self.time_before_launch(207)
        self.meeting = evening.plan_meeting(partnership=self.partnership, plan=plan, by=by, at=at)
        evening.publish_meeting(meeting=self.meeting, by=by, at=at)

    def record_stakeholders_and_streets_informed(self) -> None:
        """The list of stakeholders, then a letter in every letterbox and a word in the paper (R15, R16)."""
        by, informed_at = self.staff.officer, self.working_time_before_launch(205, hour=15)
        for number, who in enumerate(words.STAKEHOLDERS, start=1):
            stakeholder = stakeholders.add_stakeholder(
                partnership=self.partnership, who=who, concern="", by=by, at=informed_at
            )
            proof = f"{informed_at:%Y}/{number:03}"  # the number of the letter
            telling = stakeholders.InformationProof(
                told_on=informed_at.date(), means=Stakeholder.Means.LETTER, proof=proof
            )
            stakeholders.record_stakeholder_informed_with_proof(
                stakeholder=stakeholder, telling=telling, by=by, at=informed_at
            )
        streets = list(streets_of(self.partnership.area))
        for means, where in ((Informing.Means.LETTER, streets), (Informing.Means.PRESS, [])):
            informed_streets.mark_streets_informed(
                partnership=self.partnership,
                means=means,
                streets=where,
                informed_on=informed_at.date(),
                carrier=self._title_of_local_paper(),
                by=by,
                at=informed_at,
            )

    def survey_homes(self) -> None:
        """One answer a home, on paper, counted street by street (R17)."""
        by, at, last_day = self.staff.officer, self.time_before_launch(205), self.time_before_launch(180).date()
        survey: Survey = surveys.open_survey_and_create_address_codes(
            partnership=self.partnership, last_day=last_day, by=by, at=at
        )
        doors = Count("addresses", filter=Q(addresses__in=addresses_of(self.partnership.area)))
        for street in streets_of(self.partnership.area).annotate(doors=doors).filter(doors__gte=5)[:12]:
            yes, no, at = street.doors * 3 // 10, street.doors // 10, self.time_before_launch(181)
            surveys.save_support_counts_of_street(survey=survey, street=street, yes=yes, no=no, unsure=1, by=by, at=at)
        surveys.close_survey(survey=survey, by=by, at=self.time_before_launch(179))

    def invite_residents(self) -> None:
        """An invitation at each door (R18)."""
        by, at = self.staff.officer, self.time_before_launch(172)
        evening.send_invitations_and_count_doors(meeting=self.meeting, by=by, at=at)
        self.meeting.invitations.update(
            printed_at=self.time_before_launch(162), carried_at=self.time_before_launch(160)
        )  # hundreds of streets

    def hold_evening(self) -> None:
        """Seven points, three kinds of votes, an opinion, an agreement (R18-R26)."""
        by, at = self.staff.officer, self.working_time_before_launch(150, hour=20)
        evening.open_meeting_for_presence_and_votes(meeting=self.meeting, by=by, at=at)
        evening.set_attendance_on_paper_list(meeting=self.meeting, persons=46, by=by, at=at)
        questions = [self._prepare_question(Question.Kind.APPROVAL, at)]
        for function, name in zip(CHOSEN, self.named, strict=True):
            questions.append(
                self._prepare_question(Question.Kind.PERSON, at, self._enrol_candidate(function, name, at))
            )
        codes = evening.create_ballot_codes(meeting=self.meeting, number=12, by=by, at=at)
        for question in questions:
            evening.open_vote(question=question, by=by, at=at)
        for number, code in enumerate(codes):
            choices = dict.fromkeys((question.pk for question in questions), "yes" if number else "abstain")
            evening.cast_votes(meeting=self.meeting, code=code, choices=choices, by=None, at=at)
        for question in questions:
            evening.enter_show_of_hands(question=question, counts=VoteCounts(yes=29, no=3, abstain=2), by=by, at=at)
            evening.close_vote_and_record_candidate_result(question=question, by=by, at=at)
        for point in self.meeting.points.all():
            evening.record_agenda_point_treated(
                point=point, record=words.RECORDS[point.key][self.language], by=by, at=at
            )
        about, view = Opinion.About.MESSAGES, Opinion.View.DOUBTS
        opinion = evening.record_opinion(meeting=self.meeting, about=about, view=view, name="", by=by, at=at)
        evening.answer_opinion(opinion=opinion, answer=words.ANSWER[self.language], by=by, at=at)
        self._record_decisions_of_evening(at)
        evening.end_meeting_and_delete_codes(
            meeting=self.meeting, by=by, at=self.working_time_before_launch(150, hour=21)
        )

    def _record_decisions_of_evening(self, at: datetime) -> None:
        """What is agreed on the start, the organisation and the evaluation (R25)."""
        for about, agreed, due in (
            (Decision.About.IMPLEMENTATION, words.AGREED, self.launched),
            (Decision.About.ORGANISATION, words.AGREED_ORGANISATION, self.time_before_launch(120)),
            (Decision.About.EVALUATION, words.AGREED_EVALUATION, self.time_before_launch(-365)),
        ):
            owner = self.chosen[Function.COORDINATOR].name
            evening.record_decision(
                meeting=self.meeting,
                about=about,
                words=agreed[self.language],
                owner=owner,
                due=due.date(),
                by=self.staff.officer,
                at=at,
            )

    def _prepare_question(self, kind: str, at: datetime, candidate: Candidate | None = None) -> Question:
        return evening.prepare_question(
            meeting=self.meeting,
            kind=kind,
            label=candidate.person.name if candidate else "",
            function=str(candidate.function) if candidate else "",
            subject=candidate.pk if candidate else None,
            by=self.staff.officer,
            at=at,
        )

    def _enrol_candidate(self, function: Function, name: str, at: datetime) -> Candidate:
        """A resident registers with the form of the evening and stands for an office."""
        street = self._streets_of_setting()[0]
        joining = memberships.JoinRequest(
            name=name,
            language=self.language,
            contacts=[("email", f"{function.value}.{self.setting.key}@example.org")],
            rules_version=self.setting.rules_version,
            is_adult=True,
            lives_or_works_here=True,
            accepts_rules=True,
            street=street,
            house=str(2 * CHOSEN.index(function) + 1),
        )
        membership = memberships.request_membership(partnership=self.partnership, joining=joining, by=None, at=at)
        for contact in membership.person.contacts.all():
            people.confirm_contact_and_clear_failure(contact=contact, by=None, at=at)
        self.chosen[function] = membership.person
        return candidates.propose_candidate(
            partnership=self.partnership, person=membership.person, function=function, by=self.staff.officer, at=at
        )

    def write_and_announce_minutes(self) -> None:
        """Minutes from the facts, approved and sent (R18)."""
        by = self.staff.officer
        drafts = evening.write_minutes(meeting=self.meeting, by=by, at=self.time_before_launch(146))
        agreed = (words.AGREED, words.AGREED_ORGANISATION, words.AGREED_EVALUATION)
        noted = (*words.RECORDS.values(), words.ANSWER, *agreed)
        translate_noted_texts(drafts, noted, by=by, at=self.time_before_launch(145))
        read = hash_of_current_minutes(self.meeting)
        evening.approve_minutes(
            meeting=self.meeting,
            text_hash=read,
            by=self.staff.second,
            at=self.time_before_launch(140),
            may_be_untranslated=True,
        )
        evening.announce_minutes(meeting=self.meeting, by=by, at=self.time_before_launch(140))

    def appoint_elected(self) -> None:
        """Screening where the role needs it, then the mandate (R35, R36)."""
        by, at = self.staff.officer, self.time_before_launch(138)
        for candidate in Candidate.objects.filter(partnership=self.partnership).select_related("person"):
            if candidate.function != Function.COMMITTEE:
                candidates.record_screening_and_end_unfit(
                    candidate=candidate, screened_on=at.date(), is_fit=True, by=by, at=at
                )
            candidates.appoint_and_admit_candidate(candidate=candidate, by=by, at=self.time_before_launch(136))

    def agree_communication_plan(self) -> None:
        """Police and partnership agree to the plan that routes every message (R49, R104)."""
        coordinator, at = self.chosen[Function.COORDINATOR], self.time_before_launch(120)
        plan = charter.draft_next_plan_version(
            partnership=self.partnership, rules=default_plan_rules(), by=coordinator, at=at
        )
        charter.agree_plan_and_enforce_when_both(plan=plan, by=coordinator, at=self.time_before_launch(118))
        charter.agree_plan_and_enforce_when_both(plan=plan, by=self.staff.officer, at=self.time_before_launch(117))

    def _functional_address(self, role: Role) -> str:
        """The address of an office; that of the coordinator is the public one."""
        office = "coordination" if role == Role.COORDINATOR else role.value
        return f"{office}.{self.setting.key}@example.org"

    def agree_financing_rules_and_charter(self) -> None:
        """Contacts, money, clauses and internal rules; each side agrees to every clause (R90-R92, R98, R144)."""
        by, at = self.staff.officer, self.time_before_launch(112)
        for role in SLOTS:
            office = words.OFFICES[role.value]
            charter.set_contact_and_amend_charter(
                partnership=self.partnership,
                slot=role.value,
                organisation=office[self.language],
                translations={"organisation": self._translation_in_stored_form(office)},
                name=self._signatory_of_role(role).name,
                email=self._functional_address(role),
                phone=self.setting.office_number(list(SLOTS).index(role)),
                addressed_as="sir" if role == Role.MUNICIPALITY else "",
                by=by,
                at=at,
            )
        money = charter.get_or_begin_financing_draft(partnership=self.partnership, by=by, at=at)
        lines = [
            CostEntry(
                kind,
                cost[self.language],
                yearly,
                CostLine.Payer.MUNICIPALITY,
                translations={"what": self._translation_in_stored_form(cost)},
            )
            for kind, cost, yearly in (
                (CostLine.Kind.BASE, words.COSTS, Decimal(350)),
                (CostLine.Kind.EXTRA, words.SIGN_COSTS, Decimal(120)),
            )
        ]
        texts = {"alternative": words.ALTERNATIVE, "insured": words.INSURED}
        entry = FinancingEntry(
            lines=lines,
            alternative=words.ALTERNATIVE[self.language],
            insurer=words.INSURER,
            insured=words.INSURED[self.language],
            insured_until=date(self.launched.year + 2, 12, 31),
            translations={name: self._translation_in_stored_form(text) for name, text in texts.items()},
        )
        charter.save_financing_draft(plan=money, entry=entry, by=by, at=at)
        charter.adopt_financing_and_amend_charter(plan=money, by=by, at=self.time_before_launch(110))
        for kind in (Deed.Kind.RULES, Deed.Kind.CHARTER):
            deed = charter.draft_next_deed_version(partnership=self.partnership, kind=kind, by=by, at=at)
            revisions = {clause.key: clause.revision for clause in deed.clauses.all()}
            for side in (self.staff.officer, self.chosen[Function.COORDINATOR], self.staff.mayor):
                charter.agree_to_all_clauses(deed=deed, seen=revisions, by=side, at=self.time_before_launch(90))

    def sign_charter(self) -> None:
        """The text is frozen; the four sign exactly this text, each with a fresh proof of identity (R93)."""
        deed = Deed.objects.get(partnership=self.partnership, kind=Deed.Kind.CHARTER)
        charter.freeze_and_mail_for_signature(
            deed=deed, order=[role.value for role in SLOTS], by=self.staff.officer, at=self.time_before_launch(80)
        )
        deed.refresh_from_db()
        for role in SLOTS:
            at = self.time_before_launch(76)
            charter.sign_charter(
                deed=deed,
                slot=role.value,
                quality=self._signing_quality(role),
                fingerprint=deed.fingerprint,
                proven_at=at,
                by=self._signatory_of_role(role),
                at=at,
            )

    def _texts_in_other_languages(self, texts: Mapping[str, str]) -> dict[str, str]:
        """A text in the languages that the partnership does not work in."""
        return {language: words for language, words in texts.items() if language != self.language}

    def _translation_in_stored_form(self, texts: Mapping[str, str]) -> StoredTranslation:
        """What is kept beside a text: its language, and its sisters."""
        return TranslatedText(texts[self.language], self.language, self._texts_in_other_languages(texts)).stored()

    def _signing_quality(self, role: Role) -> TranslatedText:
        """In which quality the holder of a role signs, in every language."""
        texts = words.QUALITIES[role.value]
        return TranslatedText(texts[self.language], self.language, self._texts_in_other_languages(texts))

    def _signatory_of_role(self, role: Role) -> Person:
        staff = self.staff
        holders = {Role.MUNICIPALITY: staff.mayor, Role.CHIEF: staff.chief, Role.OFFICER: staff.officer}
        return holders.get(role) or self.chosen[Function.COORDINATOR]

    def obtain_recognition(self) -> None:
        """The file goes to FPS Interior, which validates it and writes to mayor and chief (R96, R97)."""
        by, at = self.staff.officer, self.time_before_launch(70)
        file = dossier_zip(self.partnership, self.language, at=at)
        recognition.record_file_sent_to_interior(
            partnership=self.partnership, sent_on=at.date(), file=file, by=by, at=at
        )
        recognition_file = Recognition.objects.get(partnership=self.partnership)
        answered = self.working_time_before_launch(30)
        reference = f"PLP/{self.setting.key.upper()}"
        recognition.record_validation_by_interior(
            recognition=recognition_file, validated_on=answered.date(), reference=reference, by=by, at=answered
        )
        recognition.record_days_of_recognition_letters(
            recognition=recognition_file, mayor_on=answered.date(), chief_on=answered.date(), by=by, at=answered
        )
        self.partnership.refresh_from_db()

    def launch(self) -> None:
        """The launch, the word in the municipal paper, the signs at the edge (R27, R28, R147)."""
        by, at = self.staff.officer, self.launched
        life.launch_partnership(partnership=self.partnership, by=by, at=at)
        self.partnership.refresh_from_db()
        publicity.record_launch_publication(
            partnership=self.partnership,
            medium=Publication.Medium.BULLETIN,
            title=self._title_of_local_paper(),
            published_on=at.date(),
            proof=self._title_of_local_paper(),
            by=by,
            at=at,
        )
        for street in self._streets_at_edges():
            publicity.record_sign_or_sticker_order(
                partnership=self.partnership,
                kind=Sign.Kind.SIGN,
                count=1,
                place=street.names,
                road_manager=municipality_title(municipality_of(self.setting.nis), self.language),
                ordered_on=at.date(),
                by=by,
                at=at,
            )

    def _title_of_local_paper(self) -> str:
        """A name, the same in every language."""
        return f"Info {municipality_of(self.setting.nis).name(self.language)}"

    def _streets_at_edges(self) -> list[Street]:
        """The streets farthest west, east, south and north, each once: where signs stand (R147).

        None of a main road: its manager is often the region, and no register says so.
        """
        streets = self._streets_of_setting()
        small = [street for street in streets if not MAIN_ROAD.search(street.names)] or streets
        doors = Address.objects.filter(street__in=small, longitude__isnull=False)
        return list(
            dict.fromkeys(
                doors.select_related("street").order_by(farthest, "pk")[0].street
                for farthest in ("longitude", "-longitude", "latitude", "-latitude")
            )
        )

    def _streets_of_setting(self) -> list[Street]:
        """The streets of the setting: those it names, else all of the register that have a door."""
        streets = Street.objects.filter(nis=self.setting.nis, addresses__isnull=False).distinct().order_by("folded")
        named = self.setting.streets
        return [street for street in streets if not named or street.name(self.language) in named]
