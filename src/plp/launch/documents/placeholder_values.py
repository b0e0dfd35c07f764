"""What is known of a partnership, for the places of its documents: gathered once, said in each language.

The reads are in ``gather_partnership_data``; what nobody has given yet is ``Missing``, with its name.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Q, prefetch_related_objects
from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_info, override
from django.utils.translation import gettext as _

from plp.charter.diagram import plan_rules_table, plan_sentences
from plp.charter.kinds import KINDS
from plp.charter.models import SLOT_NAMES, CommunicationPlan, Contact, Deed, FinancingPlan, PlanRule
from plp.charter.plan_in_words import channels_in_words, kinds_in_words, languages_in_words
from plp.charter.queries import (
    contacts_of_partners,
    financing_in_preparation,
    financing_plan_in_force,
    plan_in_force_now,
    plan_in_preparation,
    rule_of_row,
    signed_title_or_office,
)
from plp.charter.queries.reviews import years_after
from plp.delivery import pages
from plp.delivery.phone_numbers import format_phone_number
from plp.documents import Blank, Grid, Lines, Missing, Quotes, Value
from plp.documents.dates import date_format, hour_text
from plp.evening.letters import public_meeting_url
from plp.evening.models import Meeting
from plp.evening.queries.decisions import EveningAgreement, agreement_of_last_held_evening
from plp.evening.states import MeetingState as Evening
from plp.evening.states import Purpose
from plp.launch.documents import terms
from plp.launch.documents.channel_choices import channel_choices, channels_switched_on_on_a_page, words_on_paper
from plp.launch.documents.form_values import (
    BOX,
    FORM_PLACES,
    NAMING_FORM_PLACES,
    FormData,
    gather_form_data,
    table_cells_of_cost,
    values_of_form_placeholders,
)
from plp.launch.documents.informed_parties import InformedParties, gather_informed_parties, informed_parties_table
from plp.launch.documents.ministry_values import (
    MINISTRY_PLACES,
    fact_keys_confirmed_to_ministry,
    sentences_of_confirmed_facts,
    untold_changes_and_last_day,
    values_of_ministry_placeholders,
)
from plp.launch.documents.pack_document import PackDocument
from plp.launch.documents.place_names import GIVEN_PLACES, PERSONAL_PLACES
from plp.launch.documents.slide_values import (
    costs_for_slide,
    picture_cards_of_plan_channels,
    sending_hours_text,
)
from plp.launch.models import Desk, Recognition, Survey
from plp.launch.plan import PLANS
from plp.launch.queries.dates import planned_launch_day_by_agreement
from plp.launch.queries.facts import step_plan_definition_of
from plp.launch.queries.sent_letters import LETTER, dates_of_sent_letters, first_days_invitation_papers_left
from plp.launch.survey_papers import (
    last_opened_survey,
    local_police_of_zone_in_words,
    questions_with_boxes,
    survey_return_address,
)
from plp.mandates.grants import Role
from plp.mandates.queries import mandates_in_force
from plp.membership.models import Candidate, Membership
from plp.membership.queries import candidates_of
from plp.membership.states import Belonging, Candidacy, Function
from plp.partnership.gates import is_over
from plp.partnership.models import Partnership, Statement
from plp.partnership.purposes import purpose_in
from plp.partnership.queries import statements_of
from plp.partnership.signs import NAMES, SIGNS
from plp.partnership.translations import texts_in
from plp.people.small_counts import mask_count
from plp.places.coverage_text import (
    DescribedPart,
    covered_postcodes,
    street_part_text,
    streets_with_selectors,
    whole_street_sentence,
)
from plp.places.models import Area, Street
from plp.places.municipality_titles import municipality_title
from plp.places.prosecutors import prosecutor_office
from plp.places.queries import addresses_of, municipalities_of_quarter
from plp.places.queries.emergency import help_numbers_in
from plp.places.rules import fold
from plp.places.rules.bilingual import required_languages
from plp.places.rules.emergency import HelpNumbers
from plp.places.typed_addresses import address_in_language, streets_of_multilingual_addresses
from plp.toolbox.clock import local
from plp.toolbox.texts import LANGUAGES


@dataclass(frozen=True)
class PartnershipData:
    """Everything about one partnership that a document may say."""

    partnership: Partnership
    circular: date
    at: datetime
    zone: Area | None
    municipalities: Sequence[Area]
    parts: Sequence[DescribedPart]
    postcodes: frozenset[tuple[str, str]]  # of the doors, with the NIS codes of their municipalities
    doors: int
    statements: Sequence[Statement]
    evening: Meeting | None
    plan: CommunicationPlan | None
    rules: Sequence[PlanRule]
    financing: FinancingPlan | None
    contacts: Sequence[Contact]
    office: Mapping[str, str]  # role to name
    charter: Deed | None
    signed: frozenset[str]  # the kinds of deeds that are
    changes: Sequence[str]  # to tell FPS Interior, by their cause
    confirmed: Sequence[tuple[str, ...]]  # to FPS Interior
    change_told_on: date | None  # when FPS Interior was last told of a change
    letter_days: Mapping[str, date]  # of the letters that have left, by document
    recognition: Recognition | None
    members: int
    launch_on: date | None  # planned; none once it is past, or launched
    agreement: EveningAgreement | None
    numbers: HelpNumbers  # to phone in danger (R124)
    desk: Desk | None  # of the zone: reached by the public until the partnership says how
    elected: Sequence[Candidate]  # by the members, as far as they still hold the office or may get it
    forms: FormData
    informed: InformedParties
    survey: Survey | None = None  # the one opened last: what it asks stands on paper too
    streets_of_addresses: Sequence[Street] = ()  # those that an address names in two languages

    def address_in(self, language: str, address: str) -> str:
        """``address`` as a paper in ``language`` has it."""
        return address_in_language(address, language, self.streets_of_addresses)

    def desk_office_in(self, language: str) -> str:
        """The address of the police desk on a paper in ``language``; empty while nobody gave it."""
        return self.address_in(language, self.desk.office) if self.desk else ""


def gather_partnership_data(partnership: Partnership, *, at: datetime) -> PartnershipData:
    """Gather what is known. The number of queries does not depend on the number of rows."""
    area = partnership.area
    around = {area_around.kind: area_around for area_around in Area.objects.containing(area.path)}
    parts = streets_with_selectors(area)
    deeds = list(partnership.deeds.order_by("-version"))
    charters = [deed for deed in deeds if deed.kind == Deed.Kind.CHARTER]
    charter = next((deed for deed in charters if deed.signed_at), None)
    held = charter or next(iter(charters), None)  # a draft's circular is said until one is signed (R31)
    prefetch_related_objects([charter] if charter else [], "signatures")
    signed = frozenset(deed.kind for deed in deeds if deed.signed_at)
    plan = plan_in_force_now(partnership) or plan_in_preparation(partnership)
    financing = financing_plan_in_force(partnership) or financing_in_preparation(partnership)
    prefetch_related_objects([financing] if financing else [], "lines")
    recognition = Recognition.objects.filter(partnership=partnership).first()
    changes, change_told_on = untold_changes_and_last_day(partnership, signed)
    evening, agreement = _latest_information_evening(partnership), agreement_of_last_held_evening(partnership)
    desk = Desk.objects.filter(zone=around.get(Area.Kind.ZONE)).first()
    forms, survey = gather_form_data(partnership, evening), last_opened_survey(partnership)
    letter_days = dates_of_sent_letters(
        partnership, recognition, tells_change=bool(changes), has_told_change=change_told_on is not None
    )
    return PartnershipData(
        partnership=partnership,
        circular=held.circular_on if held else step_plan_definition_of(partnership).circular,
        at=at,
        zone=around.get(Area.Kind.ZONE),
        municipalities=municipalities_of_quarter(area),
        parts=parts,
        postcodes=frozenset(covered_postcodes(area)),
        doors=addresses_of(area).count(),
        statements=list(statements_of(partnership)),
        evening=evening,
        plan=plan,
        rules=list(plan.rules.all()) if plan else [],
        financing=financing,
        contacts=contacts_of_partners(partnership),
        office=_office_holder_names(area, at),
        charter=charter,
        signed=signed,
        changes=changes,
        confirmed=fact_keys_confirmed_to_ministry(partnership, signed, changes, at=at),
        recognition=recognition,
        letter_days=letter_days | _days_of_past_invitation(evening, survey, at),
        change_told_on=change_told_on,
        members=Membership.objects.filter(partnership=partnership, state=Belonging.ACTIVE).count(),
        launch_on=_upcoming_launch_day(partnership, agreement, at),
        agreement=agreement,
        numbers=help_numbers_in(area, partnership.languages[0]),
        desk=desk,
        elected=_elected_candidates(partnership, at),
        forms=forms,
        informed=gather_informed_parties(partnership),
        survey=survey,
        streets_of_addresses=_streets_of_addresses(desk, evening, survey, forms),
    )


def _streets_of_addresses(
    desk: Desk | None, evening: Meeting | None, survey: Survey | None, forms: FormData
) -> Sequence[Street]:
    """The streets of the addresses that papers say: of the desk, the hall, where sheets go back, the signs."""
    return streets_of_multilingual_addresses(
        *(desk.office for desk in [desk] if desk),
        *(evening.street for evening in [evening] if evening),
        *(survey.returned_to for survey in [survey] if survey),
        *(sign.place for sign in forms.signs),
    )


def _days_of_past_invitation(evening: Meeting | None, survey: Survey | None, at: datetime) -> dict[str, date]:
    """The days on which the papers of the invitation left, once they ask for nothing any more."""
    if evening is None or not _is_evening_or_survey_beside_it_over(evening, survey, at):
        return {}
    return first_days_invitation_papers_left(evening)


def _is_evening_or_survey_beside_it_over(evening: Meeting, survey: Survey | None, at: datetime) -> bool:
    """Whether the letter to all addresses asks for nothing any more: the evening is over, or the survey beside it."""
    return evening.starts_at < at or (survey is not None and survey.last_day < local(at).date())


DOTS = "." * 24
GERMAN_ADJECTIVE = re.compile(r"\w+er? (?=[A-ZÄÖÜ])")  # before its noun: Beauftragter Polizeibeamter
STEP_DAYS = {f"done_{step.key}": step.key for step in PLANS["be-2022"].steps}  # places: when each was done
MAYOR_TITLES = ("Bourgmestre", "Burgemeester", "Bürgermeister", "Mayor")  # as a signature has them, men and women


def _latest_information_evening(partnership: Partnership) -> Meeting | None:
    evenings = Meeting.objects.filter(partnership=partnership, purpose=Purpose.INFORMATION)
    return evenings.select_related("partnership").exclude(state=Evening.CANCELLED).order_by("-starts_at").first()


def _upcoming_launch_day(partnership: Partnership, agreement: EveningAgreement | None, at: datetime) -> date | None:
    day = planned_launch_day_by_agreement(agreement, partnership)
    return day if day and day >= local(at).date() else None


def upcoming_evening(data: PartnershipData) -> Meeting | None:
    """The information evening to which one may still be invited; ``None`` when none is planned, or it is over."""
    return data.evening if data.evening and data.evening.starts_at >= data.at else None


def is_invitation_or_announcement_out_of_date(entry: PackDocument, data: PartnershipData) -> bool:
    """Whether ``entry`` invites to an information evening that is over, and is no letter that went round for it; or
    announces a partnership that is launched, and no other evening is to come; or is of no use after an end.
    """
    if is_over(data.partnership):
        return not entry.outlasts_end
    is_evening_over = data.evening is not None and upcoming_evening(data) is None
    if entry.announces:
        return is_evening_over and data.partnership.launched_at is not None
    return entry.invites and is_evening_over and entry.key not in data.letter_days


def _office_holder_names(area: Area, at: datetime) -> dict[str, str]:
    """Who holds the offices that letters name: chief and officer nearest to the quarter, its own coordinator."""
    beginnings = [area.path[: end + 1] for end, sign in enumerate(area.path) if sign == "/"]
    roles = [Role.CHIEF, Role.OFFICER, Role.COORDINATOR]
    mandates = mandates_in_force(at).filter(role__in=roles, area__path__in=beginnings).select_related("person", "area")
    return {
        mandate.role: mandate.person.name
        for mandate in sorted(mandates, key=lambda mandate_in_office: len(mandate_in_office.area.path))
    }


def _elected_candidates(partnership: Partnership, at: datetime) -> list[Candidate]:
    """Whom the members chose: not yet appointed, or in office; the coordinator first."""
    chosen = Q(state__in=[Candidacy.APPROVED, Candidacy.SCREENED]) | Q(mandate__in=mandates_in_force(at))
    rows = candidates_of(partnership).filter(chosen).select_related("screened_by").order_by("proposed_at", "pk")
    return sorted(rows, key=lambda row: list(Function).index(Function(row.function)))


def _names_elected_as(data: PartnershipData, function: Function) -> str | None:
    return ", ".join(candidate.person.name for candidate in data.elected if candidate.function == function) or None


def allowed_placeholders(entry: PackDocument) -> set[str]:
    """The names of the places that a text of ``entry`` may use."""
    return {
        *CERTAIN_PLACES,
        *STEP_DAYS,
        *MINISTRY_PLACES,
        *FORM_PLACES,
        *NAMING_FORM_PLACES,
        *GIVEN_PLACES,
    } - (PERSONAL_PLACES - entry.names)


def values_of_all_placeholders(data: PartnershipData, language: str) -> dict[str, Value]:
    """The value of every place in ``language`` (fr, nl, de, en); ``Missing`` for what nobody has given yet."""
    with override(language):
        values: dict[str, Value | None] = {
            **_area_placeholder_values(data, language),
            **_evening_placeholder_values(data, language),
        }
        values |= _plan_and_deed_placeholder_values(data, language) | _contact_placeholder_values(data)
        values["area_languages"] = _area_languages_text(data)
        values["message_languages"] = _language_checkboxes_unless_single(data.partnership)
        values["notification_way"] = (
            ", ".join(map(words_on_paper, channels_switched_on_on_a_page(data.rules))) or None
        )  # in texts that partnerships wrote; ours has ``channel_choices``
        values["survey_until"] = _last_day_of_open_survey(data.survey, today=local(data.at).date())
        returned_to = survey_return_address(data.survey, data.partnership, data.desk, data.zone)
        values["survey_return"] = data.address_in(language, returned_to) or None
        given_values = {name: values.get(name) or Missing(words) for name, words in GIVEN_PLACES.items()}
        agreed = data.agreement.contribution if data.agreement else None
        names = {**data.office, **{contact.slot: contact.name for contact in data.contacts}}
        signatures = data.charter.signatures.all() if data.charter else []
        signers = {
            slot: (signed_title_or_office(slot, name, signatures, language), name) for slot, name in names.items()
        }
        forms = values_of_form_placeholders(
            data.partnership,
            data.forms,
            data.statements,
            data.financing,
            language,
            signers=signers,
            signed_with_charter=_signing_days_of_charter_with_financing(data),
            agreed=agreed,
            elected=data.elected,
            municipality_titles={
                municipality_title(area, other): municipality_title(area, language)
                for area in data.municipalities
                for other in LANGUAGES
            },
            streets_of_addresses=data.streets_of_addresses,
        )
        ministry = values_of_ministry_placeholders(data.partnership, data.signed, data.changes)
        mayor = signers.get(Role.MUNICIPALITY.value, ("", ""))
        always = values_of_never_missing_placeholders(data, language) | {
            "mayor": _mayor_address_line(*mayor),
            "channel_choices": channel_choices(data.rules),
            "dear_mayor": _salutation_of_mayor(*mayor, data.contacts),
            "quotes": _press_quotes_to_fill_in(signers),
            "police_signer": _chief_name_and_office_lines(*signers.get(Role.CHIEF.value, ("", ""))),
        }
        forms["informed_parties"] = informed_parties_table(
            data.informed,
            municipality=str(always["municipality_title"]),
            prosecutor=str(always["prosecutor_office"]),
            doors=str(values["doors"] or 0),
        )
        forms |= {name: Blank() for name in STEP_DAYS}  # known to the step plan alone
        return {**always, **ministry, **forms, **given_values}


def _last_day_of_open_survey(survey: Survey | None, *, today: date) -> str | None:
    """Until when answers are taken, in words; none once the survey is closed or that day is past."""
    is_open = survey is not None and survey.closed_at is None and survey.last_day >= today
    return day_in_words(survey.last_day) if survey and is_open else None


def _mayor_address_line(title: str, name: str) -> str:
    """The mayor in an address: by name, who signed the charter as such, else the office."""
    return f"{name}, {title_within_sentence(title)}" if _is_title_of_mayor_who_signed(title) else _("To the mayor")


def _is_title_of_mayor_who_signed(title: str) -> bool:
    return title != str(SLOT_NAMES[Role.MUNICIPALITY.value]) and title.startswith(MAYOR_TITLES)


def _salutation_of_mayor(title: str, name: str, contacts: Sequence[Contact]) -> str:
    """How a letter greets the mayor: by what the contact details say of whoever is named in its address, else both."""
    by_name = {contact.name: contact.addressed_as for contact in contacts if contact.slot == Role.MUNICIPALITY}
    addressed_as = by_name.get(name, "") if _is_title_of_mayor_who_signed(title) else ""
    greetings = {Contact.AddressedAs.MADAM: _("Dear Madam Mayor"), Contact.AddressedAs.SIR: _("Dear Mister Mayor")}
    return str(greetings.get(Contact.AddressedAs(addressed_as)) if addressed_as else _("Dear Madam or Mister Mayor"))


def _press_quotes_to_fill_in(signers: Mapping[str, tuple[str, str]]) -> Quotes:
    """Who speaks to the press, by name where it is known, each with room for words that only they can give."""
    rows = []
    for role in (Role.MUNICIPALITY, Role.OFFICER, Role.COORDINATOR):
        nobody = str(SLOT_NAMES[role.value])
        office, name = signers.get(role.value, (nobody, ""))
        if role == Role.MUNICIPALITY and office == nobody:  # "who signs for the mayor" speaks to nobody
            office = str(Statement.Party.MUNICIPALITY.label)
        who = f"{name}, {title_within_sentence(office)}" if name else capfirst(office)
        rows.append(_("%s: “____”") % who)
    return Quotes(rows)


def title_within_sentence(title: str) -> str:
    """A title with a small letter; in German only where it begins with an adjective, for else it is a noun."""
    if get_language() == "de" and not GERMAN_ADJECTIVE.match(title):
        return title
    return title[:1].lower() + title[1:]


def _chief_name_and_office_lines(title: str, name: str) -> str:
    """The chief of corps below a letter: name and office, or the office alone."""
    office = title or str(SLOT_NAMES[Role.CHIEF.value])
    return "\n".join(filter(None, (name, capfirst(office))))


def _signing_days_of_charter_with_financing(data: PartnershipData) -> dict[str, str]:
    """When each partner signed the charter that holds the financing plan; nothing before, or once the plan changed."""
    if data.charter is None or data.financing is None or data.charter.financing_id != data.financing.pk:
        return {}
    return {signature.slot: day_in_words(signature.signed_on) for signature in data.charter.signatures.all()}


def values_of_never_missing_placeholders(data: PartnershipData, language: str) -> dict[str, Value]:
    """The places that are never missing."""
    kind, partnership = data.partnership.kind, data.partnership
    page = pages.PARTNERSHIP.link(partnership.key)
    names = [area.name(language) for area in data.municipalities]
    office = data.desk_office_in(language)
    titles = [municipality_title(area, language) for area in data.municipalities]
    zone = data.zone.name(language) if data.zone else partnership.name(language)
    municipality = " – ".join(titles) or zone
    return {
        "partnership": partnership.name(language),
        "plp": SIGNS[kind][language],
        "plp_name": NAMES[kind][language],
        "zone": zone,
        "municipality": " – ".join(names) or zone,
        "publisher": _responsible_publisher_line_or_dots(data, office),
        "police_sender": "\n".join(filter(None, (_("Police zone %s") % zone, office))),
        "police_desk": office or local_police_of_zone_in_words(data.zone),
        "privacy_officer": settings.DPO or _privacy_officer_contact_at_desk(data, office),
        "whole_streets": whole_street_sentence(data.postcodes, language),
        "prosecutor_office": prosecutor_office(data.municipalities, language),
        "municipality_title": municipality,
        "municipality_desk": _municipality_contact_text(data, municipality),
        "municipality_phone": _municipality_phone_text(data, municipality),
        "emergency": data.numbers.help,
        "emergency_police": data.numbers.police,
        "circular": terms.CIRCULAR[language].format(day=day_in_words(data.circular)),
        "today": day_in_words(local(data.at).date()),
        "link": page,
        "join_link": f"{page}join/",
        "coordinator_link": pages.RELAY_INBOX.link(),
        "evaluated_year": _last_or_current_year_since_launch(data),
        "survey_questions": Lines(questions_with_boxes(data.survey)),
    }


def _area_languages_text(data: PartnershipData) -> str | None:
    """The languages of the partnership and those that the law asks of its municipalities; nothing where it is one."""
    required = [code for area in data.municipalities for code in required_languages(area.nis)]
    codes = dict.fromkeys([*data.partnership.languages, *required])
    return languages_in_words(codes) if len(codes) > 1 else None


def _privacy_officer_contact_at_desk(data: PartnershipData, office: str) -> str:
    """Where the data protection officer of the zone gets post and calls while nobody gave a contact of their own."""
    reached = ", ".join(
        filter(
            None,
            (office or local_police_of_zone_in_words(data.zone), _non_urgent_number_of_partnership_else_desk(data)),
        )
    )
    return _("%s, for the attention of this officer") % reached


def _non_urgent_number_of_partnership_else_desk(data: PartnershipData) -> str:
    """The number of the police for what is not urgent, as the partnership gives it, else the desk of the zone."""
    return format_phone_number(data.partnership.contact_phone or (data.desk.telephone if data.desk else ""))


def _responsible_publisher_line_or_dots(data: PartnershipData, office_address: str) -> str:
    """Who answers for what is hung or handed out, as the law asks: the chief of corps, at the address of the desk.

    Dots to write on stand where one of the two is not known.
    """
    names = {**data.office, **{contact.slot: contact.name for contact in data.contacts}}
    name, office = names.get(Role.CHIEF.value), SLOT_NAMES[Role.CHIEF.value]
    return _("Responsible publisher: %s") % f"{f'{name}, {office}' if name else DOTS}, {office_address or DOTS}"


def _municipality_contact_text(data: PartnershipData, municipality: str) -> str:
    """The municipality and how to reach it, as the charter has it, without a name."""
    contacts = [contact for contact in data.contacts if contact.slot == Role.MUNICIPALITY]
    reached = [reach for row in contacts for reach in (format_phone_number(row.phone), row.email)]
    return ", ".join(filter(None, (municipality, *reached)))


def _municipality_phone_text(data: PartnershipData, municipality: str) -> str:
    """The municipality with the number that the charter has of it."""
    phones = [format_phone_number(contact.phone) for contact in data.contacts if contact.slot == Role.MUNICIPALITY]
    return ", ".join(filter(None, (municipality, *phones)))


def _last_or_current_year_since_launch(data: PartnershipData) -> Value:
    """The last whole year since the launch, or the one that has begun; room to write before it."""
    if data.partnership.launched_at is None:
        return Blank()
    launched, today = local(data.partnership.launched_at).date(), local(data.at).date()
    years = today.year - launched.year
    end = max(years - (years_after(launched, years) > today), 1)
    days = (years_after(launched, end - 1), years_after(launched, end) - timedelta(days=1))
    return " – ".join(map(day_in_words, days))


def _language_checkboxes_unless_single(partnership: Partnership) -> str | None:
    """The languages of the partnership, each by its own name, with a box; none where there is nothing to choose."""
    if len(partnership.languages) == 1:
        return None
    names = [get_language_info(language)["name_local"].capitalize() for language in partnership.languages]
    return _("Language of the messages: %s") % "   ".join(f"{BOX} {name}" for name in names)


CERTAIN_PLACES = frozenset(
    "partnership plp plp_name zone municipality municipality_title municipality_desk municipality_phone"
    " police_desk privacy_officer"
    " prosecutor_office emergency emergency_police circular today link join_link coordinator_link evaluated_year"
    " survey_questions police_sender police_signer publisher mayor dear_mayor quotes whole_streets"
    " channel_choices".split()
)


def day_in_words(value: date) -> str:
    """A day in words of the active language."""
    return date_format(value, "DATE_FORMAT")


def _area_placeholder_values(data: PartnershipData, language: str) -> dict[str, Value | None]:
    """Area, purpose and what the parties said."""
    spoken = data.partnership.languages
    statements_by_kind = {
        kind: [statement for statement in data.statements if statement.kind == kind] for kind in Statement.Kind.values
    }
    motives = statements_by_kind[Statement.Kind.MOTIVE]
    # Letters ask the municipality before it has said any.
    others = [motive for motive in motives if motive.party != Statement.Party.MUNICIPALITY]
    return {
        "streets": _lines_or_none(sorted((street_part_text(part, language) for part in data.parts), key=fold)),
        "doors": formats.number_format(data.doors, force_grouping=True) if data.doors else None,
        "purpose": purpose_in(data.partnership, language) or None,
        **{
            f"{kind}s": _lines_or_none(texts_in(statements, "text", language, spoken))
            for kind, statements in statements_by_kind.items()
        },
        "motives": _motives_table_by_party(others or motives, language, spoken),
        "all_motives": _motives_table_by_party(motives, language, spoken),
    }


def _motives_table_by_party(motives: Sequence[Statement], language: str, spoken: Sequence[str]) -> Grid | None:
    """Whose reason each one is."""
    rows = [[capfirst(motive.get_party_display()), motive.text_in("text", language, spoken)] for motive in motives]
    return Grid([_("Party"), capfirst(str(Statement.Kind.MOTIVE.label))], rows) if rows else None


def _lines_or_none(items: Sequence[str]) -> Lines | None:
    return Lines(items) if items else None


def _evening_placeholder_values(data: PartnershipData, language: str) -> dict[str, Value | None]:
    """When, where, how to get in."""
    evening = data.evening
    if evening is None:
        return {}
    starts = local(evening.starts_at)
    return {
        "evening_date": date_format(starts, "WEEKDAY_DATE_FORMAT"),
        "evening_time": hour_text(starts),
        "evening_until": hour_text(local(evening.ends_at)),
        "evening_place": evening.place_in(language) or None,
        "evening_address": data.address_in(language, evening.street.strip()) or None,
        "evening_access": evening.text_in("access", language, evening.languages) or None,
        "evening_link": public_meeting_url(evening),
    }


def _plan_and_deed_placeholder_values(data: PartnershipData, language: str) -> dict[str, Value | None]:
    """Plan, money, contacts and the days of signing, recognition and launch."""
    signed = data.charter.signed_at if data.charter else None
    validated = data.recognition.validated_on if data.recognition else None
    spoken = data.partnership.languages
    rules = [rule_of_row(row, spoken) for row in data.rules]
    launched = local(data.partnership.launched_at).date() if data.partnership.launched_at else None
    launch_day = launched or data.launch_on
    return {
        "plan": _lines_or_none(_message_routes_in_words(data.rules)),
        "plan_hands": _lines_or_none(plan_sentences(data.plan, rules)),
        "plan_table": plan_rules_table(rules) if rules else None,
        "ways": picture_cards_of_plan_channels(data.rules),
        "ways_hours": sending_hours_text(data.rules),
        "finance": _yearly_costs_table(data, language),
        "costs": costs_for_slide(data.financing, language, spoken),
        "contacts": _partners_contacts_table(data, language),
        "signed_on": day_in_words(local(signed).date()) if signed else None,
        "recognised_on": day_in_words(validated) if validated else None,
        "launched_on": day_in_words(launched) if launched else None,
        "launch_day": day_in_words(launch_day) if launch_day else None,
        "members": mask_count(data.members) if data.members else None,
        "confirmed": _facts_confirmed_to_ministry_table(data),
    }


def _facts_confirmed_to_ministry_table(data: PartnershipData) -> Grid | None:
    sentences = sentences_of_confirmed_facts(data.confirmed, data.elected, data.letter_days.get(LETTER))
    return Grid([_("What we confirm")], [[sentence] for sentence in sentences]) if sentences else None


def _message_routes_in_words(rules: Sequence[PlanRule]) -> list[str]:
    """How messages travel: one sentence for all kinds that go the same way, the urgent ones first."""
    alike: dict[tuple[str, str], list[str]] = {}
    for rule in sorted(rules, key=lambda rule: list(KINDS).index(rule.kind)):
        alike.setdefault((str(rule.get_route_display()), channels_in_words(rule.channels)), []).append(rule.kind)
    return [
        _("%(kinds)s: %(route)s, by %(ways)s.") % {"kinds": kinds_in_words(kinds), "route": route, "ways": channels}
        for (route, channels), kinds in alike.items()
    ]


def _yearly_costs_table(data: PartnershipData, language: str) -> Value | None:
    """The costs as a table: what, a year, who pays, until when."""
    plan = data.financing
    if plan is None:
        return None
    rows = [table_cells_of_cost(line, language, data.partnership.languages) for line in plan.lines.all()]
    if not rows:
        return _("There are no costs.") if plan.costs_nothing else None
    return Grid([_("What"), _("Kind of cost"), _("A year"), _("Who pays"), _("Until")], rows)


def _partners_contacts_table(data: PartnershipData, language: str) -> Grid | None:
    """The partners: in which quality, of which organisation, name, how to reach them."""
    signatures = data.charter.signatures.all() if data.charter else []
    rows = [
        [
            _office_within_organisation(
                signed_title_or_office(contact.slot, contact.name, signatures, language),
                contact.text_in("organisation", language, data.partnership.languages),
            ),
            contact.name,
            "\n".join(filter(None, (format_phone_number(contact.phone), contact.email))),
        ]
        for contact in data.contacts
    ]
    return Grid([_("Partner"), _("Name"), _("Contact")], rows) if rows else None


def _office_within_organisation(office: str, organisation: str) -> str:
    """``Mayor``, and below it ``Municipal administration``; once where the one names the other."""
    return organisation if fold(office) in fold(organisation) else capfirst(f"{office}\n{organisation}".strip())


def _contact_placeholder_values(data: PartnershipData) -> dict[str, Value | None]:
    """Functional addresses, which are public, and the names of the two offices."""
    numbers = {contact.slot: format_phone_number(contact.phone) for contact in data.contacts}
    written = [contact.email for contact in data.contacts if contact.slot == Role.COORDINATOR]
    email, police_number = (
        data.partnership.contact_email or "".join(written),
        _non_urgent_number_of_partnership_else_desk(data),
    )
    coordinator_number = numbers.get(Role.COORDINATOR, "")
    return {
        "police_contact": police_number or None,
        "coordinator_contact": email or (data.desk.mail if data.desk else "") or None,
        "officer": data.office.get(Role.OFFICER),
        "officer_phone": numbers.get(Role.OFFICER) or police_number or None,
        "coordinator_phone": coordinator_number if coordinator_number != police_number else None,  # said once
        "coordinator": data.office.get(Role.COORDINATOR),
        "deputies": _names_elected_as(data, Function.DEPUTY),
        "committee": _names_elected_as(data, Function.COMMITTEE),
    }
