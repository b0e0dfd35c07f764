"""What is known stands on paper: with every fact there is, no paper but a form keeps room to write by hand."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from html import unescape
from types import SimpleNamespace

import pytest
from django.utils.translation import override
from pypdf import PdfReader

from plp.charter import actions as charter
from plp.charter.actions.money import CostEntry, FinancingEntry
from plp.charter.models import Amendment, Deed, PlanRule, Signature
from plp.charter.papers import plan_paper
from plp.charter.queries import financing_in_preparation, plan_in_force_now, plan_in_preparation
from plp.delivery.channel import AddressForm
from plp.delivery.installed import channels_with_typed_addresses, planned_channels
from plp.delivery.phone_numbers import format_phone_number
from plp.documents import KINDS, Missing, document_html, pdfs
from plp.documents.blocks import AnswerLine, Block, Heading, ListBlock, PageBreak, Paragraph, TableBlock
from plp.evening.minutes import draft_minutes_markdown
from plp.evening.models import Attendance, Meeting, Question
from plp.evening.states import MeetingState
from plp.launch.documents import files, ministry_values
from plp.launch.documents.channel_choices import typed_channels_quickest_first, words_on_paper
from plp.launch.documents.ministry_values import CONFIRMED
from plp.launch.documents.paper_design import paper_design_of_partnership
from plp.launch.documents.placeholder_values import (
    DOTS,
    gather_partnership_data,
    title_within_sentence,
    values_of_all_placeholders,
)
from plp.launch.documents.register import BY_KEY, ENTRIES, PUBLISHED
from plp.launch.models import Consultation, Desk, Recognition, Sign, Stakeholder, Survey
from plp.launch.queries.texts import standard_document_text
from plp.launch.rules import PartnershipFacts
from plp.membership.models import Candidate
from plp.membership.states import Function
from plp.partnership.models import Partnership, Statement
from plp.people.models import Person
from plp.places.models import Area, Street
from plp.toolbox.texts import OFFICIAL_LANGUAGES
from tests.evening.stage import STARTS
from tests.factories.cast import NOW
from tests.launch.complete import complete
from tests.launch.wordings import within

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

FORMS = frozenset(  # somebody else fills them in: a resident, a candidate, whoever walks or counts
    "idea_form survey presence_list ballot volunteer_form registration_form opinion_form candidate_form "
    "screening_slip situation_questionnaire evaluation_form member_survey amendment_form end_form area_sheet".split()
)
BY_HAND = {  # what is left to a pen elsewhere: signatures, what is ticked off on the evening, what nobody records
    "letter_mayor": 1,
    "letter_prosecutor": 1,
    "letter_residents": 1,
    "letter_interior": 2,
    "welcome_letter": 2,
    "motives_sheet": 9,
    "stakeholder_list": 36,
    "agenda": 9,
    "approval_record": 5,
    "contact_sheet": 6,
    "charter_guide": 6,
    "financing_plan": 4,
    "press": 3,  # quotes: what only whoever speaks can give
    "sign_order": 9,
    "coordinator_manual": 5,
    "group_rules": 4,
}


OFFICES = {  # whoever holds one is known: no line asks for it
    "fr": {
        "police locale",
        "commune",
        "bourgmestre",
        "chef de corps",
        "direction du corps",
        "fonctionnaire de police mandaté",
        "coordinateur",
        "coordination",
    },
    "nl": {"lokale politie", "gemeente", "burgemeester", "korpschef", "gemandateerd politieambtenaar", "coördinator"},
    "de": {
        "lokale polizei",
        "gemeinde",
        "bürgermeister",
        "bürgermeisteramt",
        "korpschef",
        "korpsleitung",
        "beauftragter polizeibeamter",
        "beauftragte person der polizei",
        "koordinator",
        "koordination",
    },
}
NEW_PLACES = {"idea_form"}  # of an idea: it may be for another municipality


def everything_known() -> Partnership:
    """The complete partnership, with its votes, who came, its insurance, who was told and its signs."""
    partnership = complete()
    evening = Meeting.objects.get(partnership=partnership)
    for place, (kind, label) in enumerate((("approval", ""), ("person", "Camille Exemple"))):
        Question.objects.create(
            meeting=evening, kind=kind, label=label, position=place, state="closed", yes=9, no=1, abstain=0,
            quorum=5, closed_at=NOW, function="coordinator" if label else "",
        )  # fmt: skip
    Attendance.objects.create(meeting=evening, way="paper", persons=10)
    insured = FinancingEntry(
        lines=[CostEntry("base", "SMS", 300, "zone")],
        alternative="E-mail",
        insurer="Commune",
        insured="Responsabilité civile",
        insured_until=date(2028, 1, 1),
        contribution=5,
    )
    plan = financing_in_preparation(partnership)
    assert plan is not None
    charter.save_financing_draft(plan=plan, entry=insured, by=None, at=NOW)
    Stakeholder.objects.create(
        partnership=partnership, who="École", told_on=date(2026, 11, 1), means="letter", proof="Accusé", at=NOW
    )
    rules = Deed.objects.create(partnership=partnership, kind="rules", version=1, drafted_at=NOW, languages=["fr"])
    Deed.objects.filter(pk=rules.pk).update(signed_at=NOW)
    Sign.objects.create(
        partnership=partnership, kind="sign", count=2, place="Rue du Chêne", road_manager="Commune",
        ordered_on=date(2026, 11, 2), placed_on=date(2026, 11, 9), at=NOW,
    )  # fmt: skip
    Sign.objects.create(
        partnership=partnership, kind="sticker", count=40, place="Membres", ordered_on=date(2026, 11, 2), at=NOW
    )
    return partnership


def rooms_to_write(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Each line, empty cell and empty box."""
    for block in within(blocks):
        if isinstance(block, AnswerLine):
            yield block
        elif isinstance(block, Heading | Paragraph):
            yield from (block for span in block.spans if span.mark == "answer")
        elif isinstance(block, TableBlock):
            yield from (block for row in block.rows for cell in row if not cell)
        elif isinstance(block, ListBlock):
            yield from (block for item in block.items if item.box is False)


@pytest.mark.parametrize("language", OFFICIAL_LANGUAGES)
def test_no_paper_has_a_blank_that_a_fact_could_fill(language):
    data = gather_partnership_data(everything_known(), at=NOW)
    values = values_of_all_placeholders(data, language)

    blanks = {}
    for entry in ENTRIES:
        if entry.key not in FORMS:
            document = files.compose_pack_document(
                entry, standard_document_text(entry, language), data, values, language
            )
            assert document.missing == (), entry.key
            count = sum(1 for _room in rooms_to_write(document.blocks))
            blanks |= {entry.key: count} if count else {}

    assert blanks == BY_HAND


@pytest.mark.parametrize(
    ("language", "quotes"),
    [
        ("fr", ["Commune\u00a0: «\u00a0____\u00a0»", "Coordination\u00a0: «\u00a0____\u00a0»"]),
        ("nl", ["Gemeente: “____”", "Coördinator: “____”"]),
        ("de", ["Gemeinde: „____“", "Koordination: „____“"]),
    ],
)
def test_the_press_text_has_room_for_who_speaks_by_name_where_it_is_known(language, quotes):
    data = gather_partnership_data(complete(), at=NOW)
    unknown, named = (
        replace(data, office={}, contacts=[]),
        replace(data, office={"officer": "Gabriel Hubert"}, contacts=[]),
    )

    said = [values_of_all_placeholders(known, language)["quotes"].items for known in (unknown, named)]

    assert [said[0][0], said[0][2]] == quotes
    assert said[1][1].startswith("Gabriel Hubert, ")


@pytest.mark.parametrize(
    ("language", "title", "words"),
    [
        ("de", "Beauftragter Polizeibeamter", "beauftragter Polizeibeamter"),
        ("de", "Bürgermeister", "Bürgermeister"),
        ("de", "Bürgermeister der Stadt", "Bürgermeister der Stadt"),
        ("fr", "Bourgmestre", "bourgmestre"),
    ],
)
def test_a_title_behind_a_name_begins_as_a_sentence_has_it(language, title, words):
    with override(language):
        assert title_within_sentence(title) == words


@pytest.mark.parametrize(("votes", "is_table"), [([], True), (["approval"], False)])
def test_the_record_of_votes_has_no_empty_table_of_persons_once_nobody_stood(votes, is_table):
    partnership = complete()
    evening = Meeting.objects.get(partnership=partnership)
    for kind in votes:
        Question.objects.create(
            meeting=evening, kind=kind, position=0, state="closed", yes=9, no=1, abstain=0, quorum=5, closed_at=NOW
        )

    persons = values_of_all_placeholders(gather_partnership_data(partnership, at=NOW), "fr")["votes_on_persons"]

    assert (persons == "Il n’y a pas eu de vote.") is not is_table


@pytest.mark.parametrize(
    ("yes", "no", "said"), [(0, 0, "pas assez de votes (il en faut 1)"), (9, 2, "favorable"), (1, 2, "défavorable")]
)
def test_the_record_says_of_a_vote_what_the_minutes_say(yes: int, no: int, said: str) -> None:
    partnership = complete()
    evening = Meeting.objects.get(partnership=partnership)
    Question.objects.create(
        meeting=evening, kind="approval", position=0, state="closed", yes=yes, no=no, abstain=0, closed_at=NOW
    )

    row = values_of_all_placeholders(gather_partnership_data(partnership, at=NOW), "fr")["vote_on_partnership"].rows[0]

    assert row[1:] == [str(yes), str(no), "0", said]
    assert f" {said}." in draft_minutes_markdown(evening, "fr")


@pytest.mark.parametrize("language", OFFICIAL_LANGUAGES)
def test_the_record_to_fill_in_on_the_evening_is_one_page_with_whom_one_votes_on(language: str) -> None:
    """0.3 s: three records are typeset."""
    entry, partnership = BY_KEY["approval_record"], complete()
    persons = [
        Candidate(person=Person(name=name), function=function)
        for name, function in (("Anne Exemple", Function.COORDINATOR), ("Carl Muster", Function.DEPUTY))
    ]
    said = [Statement(kind="objective", party="police", text=f"Un objectif {n}.", language="fr") for n in range(4)]
    data = replace(gather_partnership_data(partnership, at=NOW), statements=said)
    orders = []
    for candidates in ([], persons):
        forms = replace(data.forms, candidates=candidates)
        values = values_of_all_placeholders(replace(data, forms=forms), language)
        document = files.compose_pack_document(entry, standard_document_text(entry, language), data, values, language)
        orders.append(
            files.print_order_of_document(
                document,
                "a4.pdf",
                files.footer_naming_partnership_and_circular(values, entry),
                entry=entry,
            )
        )
        named = [row[0].partition(" (")[0] for row in values["votes_on_persons"].rows if row[0]]
        assert named == [candidate.person.name for candidate in candidates]

    assert [len(PdfReader(io.BytesIO(content)).pages) for content in pdfs(orders, at=NOW)] == [1, 1]


@pytest.mark.parametrize("language", OFFICIAL_LANGUAGES)
def test_no_form_has_a_line_for_an_office_whose_holder_is_known(language):
    data = gather_partnership_data(complete(), at=NOW)
    values = values_of_all_placeholders(data, language)

    lines = {
        (entry.key, block.spans[0].text)
        for entry in ENTRIES
        if entry.key not in NEW_PLACES
        for block in within(
            files.compose_pack_document(entry, standard_document_text(entry, language), data, values, language).blocks
        )
        if isinstance(block, Paragraph)
        and any(span.mark == "answer" for span in block.spans)
        and block.spans[0].text.partition(":")[0].partition("(")[0].strip().lower() in OFFICES[language]
    }

    assert lines == set()
    assert [row[1] for row in values["charter_signers"].rows] == ["La maire", "Carl Muster", "Anne Exemple", "C. H."]
    assert values["police_signer"].partition("\n")[0] == "Carl Muster"
    assert [row[1] for row in values["ministry_signers"].rows] == ["La maire", "Carl Muster"]


def test_the_facts_themselves_are_said():
    values = values_of_all_placeholders(gather_partnership_data(everything_known(), at=NOW), "fr")

    assert values["votes_on_persons"].rows == [["Camille Exemple (coordination)", "9", "1", "0", "favorable"]]
    assert values["vote_on_partnership"].rows[0][1:] == ["9", "1", "0", "favorable"]
    assert (values["quorum"], values["voters_present"]) == ("5", "10")
    assert list(values["insurance"].rows[0]) == ["Commune", "Responsabilité civile", "1er janvier 2028"]
    assert values["funding_end"] == "E-mail"
    assert "5,00" in values["contribution"]
    assert values["sign_places"].rows[0][:3] == ["Rue du Chêne", "2", "Commune"]
    assert values["stickers"] == "40"
    assert values["road_managers"].rows[0] == ["Rue du Chêne", "Commune", ""]
    assert values["informed_parties"].rows[0][0] == "École"


def test_the_sheet_for_the_register_says_nothing_that_does_not_exist_yet():
    partnership = complete()
    Partnership.objects.filter(pk=partnership.pk).update(launched_at=None)
    partnership.recognition.delete()
    partnership = Partnership.objects.select_related("area").get(pk=partnership.pk)
    data = gather_partnership_data(partnership, at=NOW)

    for entry in ENTRIES:
        if entry.step == "recognition":
            document = files.compose_pack_document(
                entry, standard_document_text(entry, "fr"), data, values_of_all_placeholders(data, "fr"), "fr"
            )
            assert document.missing == (), entry.key


def test_paper_goes_back_to_the_police_of_the_zone_where_no_office_is_named():
    values = values_of_all_placeholders(gather_partnership_data(complete(), at=NOW), "nl")

    assert values["survey_return"].startswith("lokale politie, zone ")
    assert values["survey_return"] == values["police_desk"]
    assert values["privacy_officer"].startswith("lokale politie, zone ")
    assert values["police_sender"].startswith("Politiezone ")
    assert values["publisher"].endswith(f"{DOTS}")


@pytest.mark.parametrize("at", [datetime(2026, 5, 8, 12, tzinfo=UTC), datetime(2026, 5, 9, 12, tzinfo=UTC)])
@pytest.mark.parametrize("closed_at", [None, NOW])
def test_a_paper_asks_for_an_answer_by_a_day_while_there_is_one(at, closed_at):
    data = gather_partnership_data(complete(), at=NOW)
    survey = Survey(partnership=data.partnership, last_day=date(2026, 5, 8), closed_at=closed_at)

    until = values_of_all_placeholders(replace(data, survey=survey, at=at), "fr")["survey_until"]

    is_taken = closed_at is None and at.day == 8
    assert until == "8 mai 2026" if is_taken else isinstance(until, Missing)


def test_paper_goes_back_to_the_desk_of_the_zone_under_its_address():
    data = gather_partnership_data(complete(), at=NOW)

    desk = Desk(office="Dienst preventie, Kerkplein 1", telephone="025550000", mail="dienst@example.be")
    values = values_of_all_placeholders(replace(data, desk=desk), "nl")

    assert values["police_desk"] == "Dienst preventie, Kerkplein 1"
    assert values["survey_return"] == "lokale politie, Dienst preventie, Kerkplein 1"  # an address is nobody
    assert values["privacy_officer"].startswith("Dienst preventie, Kerkplein 1, 0")  # no blank line on a notice
    assert values["privacy_officer"].endswith(", ter attentie van deze functionaris")  # the desk is not the officer
    assert values["police_sender"].endswith("\nDienst preventie, Kerkplein 1")


@pytest.mark.parametrize(
    ("language", "street"), [("fr", "Ancienne chaussée de Haecht"), ("nl", "Oude Haachtsesteenweg")]
)
def test_a_paper_of_one_language_has_the_street_in_that_language_alone(language, street):
    names = {"name_fr": "Ancienne chaussée de Haecht", "name_nl": "Oude Haachtsesteenweg"}
    both = Street.objects.create(nis="21004", register_id="h", **names).names
    partnership = everything_known()
    Meeting.objects.filter(partnership=partnership).update(street=f"{both} 1")
    Sign.objects.filter(partnership=partnership).update(place=both)
    zone = Area.objects.containing(partnership.area.path).get(kind=Area.Kind.ZONE)
    Desk.objects.update_or_create(zone=zone, defaults={"office": f"{both} 5, 1130 Haren", "changed_at": NOW})

    values = values_of_all_placeholders(gather_partnership_data(partnership, at=NOW), language)

    assert (values["evening_address"], values["police_desk"]) == (f"{street} 1", f"{street} 5, 1130 Haren")
    assert values["sign_places"].rows[0][0] == values["road_managers"].rows[0][0] == street
    for place in ("publisher", "police_sender", "privacy_officer", "survey_return"):
        assert f"{street} 5" in values[place]
        assert both not in values[place]


def test_a_place_of_a_sign_has_the_apostrophe_of_print():
    partnership = everything_known()
    Sign.objects.filter(partnership=partnership).update(place="Rue derrière l'eau")

    rows = values_of_all_placeholders(gather_partnership_data(partnership, at=NOW), "fr")["sign_places"].rows

    assert rows[0][0] == "Rue derrière l’eau"


def test_the_data_protection_officer_of_the_installation_is_named_where_a_member_registers(settings):
    settings.DPO = "dpo@example.be"

    assert (
        values_of_all_placeholders(gather_partnership_data(complete(), at=NOW), "nl")["privacy_officer"]
        == "dpo@example.be"
    )


def test_what_is_handed_out_says_who_answers_for_it_and_what_is_filed_does_not():
    data = replace(gather_partnership_data(complete(), at=NOW), desk=Desk(office="Dienst preventie, Kerkplein 1"))
    values = values_of_all_placeholders(data, "nl")
    chief = next(contact.name for contact in data.contacts if contact.slot == "chief")

    with_publisher = {
        entry.key for entry in ENTRIES if "V.U.: " in files.footer_naming_partnership_and_circular(values, entry)
    }

    assert values["publisher"] == f"V.U.: {chief}, korpschef, Dienst preventie, Kerkplein 1"
    assert with_publisher == PUBLISHED
    assert "V.U.: " not in files.footer_naming_partnership_and_circular(values)


def test_the_sheet_of_a_screening_names_whom_the_members_chose_and_has_room_before():
    data = gather_partnership_data(complete(), at=NOW)
    before = values_of_all_placeholders(replace(data, elected=()), "fr")
    person = Person(name="Martine Sacré")
    chosen = [Candidate(person=person, function=function) for function in (Function.DEPUTY, Function.COMMITTEE)]

    after = values_of_all_placeholders(replace(data, elected=chosen), "fr")

    assert before["screened_persons"].items == ["____ (coordination)", "____ (coordination adjointe)"]
    assert after["screened_persons"].items == ["Martine Sacré (coordination adjointe)"]
    assert (after["deputies"], after["committee"]) == ("Martine Sacré", "Martine Sacré")
    assert isinstance(before["deputies"], Missing)


def test_each_person_who_is_checked_has_a_sheet_of_their_own():
    chosen = [
        Candidate(person=Person(name=name), function=function)
        for name, function in (("Martine Sacré", Function.COORDINATOR), ("Noor Aziz", Function.DEPUTY))
    ]
    data = replace(gather_partnership_data(complete(), at=NOW), elected=chosen)
    entry, values = BY_KEY["screening_slip"], values_of_all_placeholders(data, "fr")

    sheet = files.compose_pack_document(entry, standard_document_text(entry, "fr"), data, values, "fr")

    first, second = str(sheet.blocks).split("PageBreak(")
    named = [[name in page for name in ("Martine Sacré", "Noor Aziz")] for page in (first, second)]
    assert named == [[True, False], [False, True]]


def test_a_party_that_said_nothing_has_no_row_once_the_evening_is_held():
    data = gather_partnership_data(complete(), at=NOW)
    rows = values_of_all_placeholders(data, "fr")["statements"].rows
    assert data.forms.evening is not None
    data.forms.evening.state = MeetingState.HELD
    held = values_of_all_placeholders(data, "fr")["statements"].rows

    assert [row[1] for row in rows[1:]] == [""] * len(rows[1:])
    assert list(held) == [rows[0]]


def test_a_letter_says_whose_reason_it_is_and_a_member_phones_the_coordination():
    data = gather_partnership_data(complete(), at=NOW)
    values = values_of_all_placeholders(data, "fr")

    assert values["motives"].rows[0][0] == "Habitants"
    assert values["coordinator_phone"] == "02 555 00 01"
    assert values["officer_phone"] == next(
        format_phone_number(contact.phone) for contact in data.contacts if contact.slot == "officer"
    )
    data.partnership.contact_phone = "+3225550001"
    assert isinstance(
        values_of_all_placeholders(data, "fr")["coordinator_phone"], Missing
    )  # the police number, said already


def test_a_letter_does_not_tell_the_municipality_its_own_reason_unless_it_is_the_only_one():
    data = gather_partnership_data(complete(), at=NOW)
    of_residents = next(row for row in data.statements if row.kind == "motive")
    of_municipality = Statement(
        partnership=data.partnership, party="municipality", kind="motive", text="Moins de vols.", language="fr"
    )

    tables = [
        values_of_all_placeholders(replace(data, statements=statements), "fr")[place].rows
        for statements in ([of_residents, of_municipality], [of_municipality])
        for place in ("motives", "all_motives")
    ]

    parties = [["Habitants"], ["Habitants", "Commune"], ["Commune"], ["Commune"]]
    assert [[row[0] for row in rows] for rows in tables] == parties


@pytest.mark.parametrize("kind", ["plp", "plp_i"])
def test_traders_vote_a_business_and_members_choose_among_the_languages_of_the_partnership(kind):
    data = gather_partnership_data(complete(kind), at=NOW)
    values = values_of_all_placeholders(data, "de")

    assert values["vote_rule"] == "Eine Stimme pro Person"
    unplanned = replace(data, forms=replace(data.forms, evening=None))
    assert (
        values_of_all_placeholders(unplanned, "de")["vote_rule"]
        .items[1]
        .endswith("pro Betrieb" if kind == "plp_i" else "pro Haushalt")
    )
    assert values["message_languages"].count("☐") == len(data.partnership.languages)
    data.partnership.languages = ["nl"]
    assert isinstance(values_of_all_placeholders(data, "nl")["message_languages"], Missing)


def test_a_ballot_is_of_one_person_and_the_rule_of_the_vote_has_a_dutch_capital():
    data = gather_partnership_data(complete(), at=NOW)
    values = values_of_all_placeholders(data, "nl")

    assert values["ballot"].head[-1] == "Onthouding"
    assert values["vote_rule"] == "Eén stem per persoon"
    unplanned = replace(data, forms=replace(data.forms, evening=None))
    assert [rule[:8] for rule in values_of_all_placeholders(unplanned, "nl")["vote_rule"].items] == [
        "Eén stem",
        "Eén stem",
    ]


@pytest.mark.parametrize(
    ("kind", "first", "has_residents"),
    [("plp", "Habitants", True), ("plp_i", "Commerçants et indépendants", False), ("sectoral", "Commerçants", False)],
)
def test_whom_a_partnership_is_for_speaks_first(kind, first, has_residents):
    facts = gather_partnership_data(complete(kind), at=NOW)
    values = values_of_all_placeholders(replace(facts, statements=()), "fr")
    parties = [row[0] for row in values["statements"].rows]

    assert parties[0].startswith(first)
    assert ("Habitants" in parties) == has_residents


def letter_of(partnership: Partnership, key: str, language: str) -> str:
    """The words of a letter of the pack as they are printed now, with a mark before each box that is ticked."""
    data = gather_partnership_data(Partnership.objects.select_related("area").get(pk=partnership.pk), at=NOW)
    entry = BY_KEY[key]
    values = values_of_all_placeholders(data, language)
    return document_html(
        files.compose_pack_document(entry, standard_document_text(entry, language), data, values, language)
    )


@pytest.mark.parametrize(
    ("state", "reason", "words"),
    [
        ("recognition", "nouveau partenariat", "l’inscription au registre"),
        ("active", "nouveau partenariat", "l’inscription au registre"),
        ("ended", "fin du partenariat", "mettre le registre à jour"),
    ],
)
def test_letter_and_sheet_for_the_ministry_say_the_same_reason(state, reason, words):
    partnership = everything_known()
    Partnership.objects.filter(pk=partnership.pk).update(state=state)

    letter, sheet = (letter_of(partnership, key, "fr") for key in ("letter_interior", "register_sheet"))

    assert (reason in letter, reason in sheet) == (True, True)
    assert words in letter
    assert ("ont approuvé" in letter) is (state != "ended")  # the founding is told once


@pytest.mark.parametrize(
    ("language", "reason"),
    [
        ("fr", "modification : coordonnées d’un partenaire, plan de communication"),
        ("nl", "wijziging: contactgegevens van een partner, communicatieplan"),
        ("de", "Änderung: Kontaktdaten eines Partners, Kommunikationsplan"),
    ],
)
def test_the_letter_to_the_ministry_says_what_has_changed_and_was_not_told(language, reason):
    partnership = everything_known()
    Partnership.objects.filter(pk=partnership.pk).update(state="active", launched_at=NOW)
    Recognition.objects.update(state="sent", sent_on=date(2026, 11, 18), validated_on=None)
    charter = Deed.objects.get(partnership=partnership, kind="charter")
    first = letter_of(partnership, "letter_interior", language)
    for cause, told_on in (("contact", None), ("plan", None), ("area", NOW.date())):
        Amendment.objects.create(deed=charter, cause=cause, raised_at=NOW, interior_told_on=told_on)

    letter, sheet = (letter_of(partnership, key, language) for key in ("letter_interior", "register_sheet"))

    assert [reason in unescape(paper).replace("\xa0", " ") for paper in (letter, sheet)] == [True, True]
    assert ("18" in first.split("<h1")[0], "18" in letter.split("<h1")[0]) == (True, False)  # the day it left


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("language", "draft", "claims"),
    [
        ("fr", "ne sont pas encore signés", ("charte signée", "ont approuvé", "a vérifié")),
        ("nl", "nog niet ondertekend", ("ondertekende charter", "keurden", "screende")),
        ("de", "noch nicht unterschrieben", ("unterschriebene Charta", "zugestimmt", "überprüft")),
    ],
)
def test_before_the_signatures_the_letter_to_the_ministry_claims_nothing(kind, language, draft, claims):
    partnership = complete(kind)
    Deed.objects.filter(partnership=partnership).update(signed_at=None)
    Partnership.objects.filter(pk=partnership.pk).update(state="creation", launched_at=None)

    letter = letter_of(partnership, "letter_interior", language)

    assert draft in letter
    assert [words for words in claims if words in letter] == []
    assert letter.count("☒") == 1  # the sheet, which can be made at any time


def test_the_letter_to_the_ministry_confirms_only_what_is_so():
    partnership = everything_known()
    Partnership.objects.filter(pk=partnership.pk).update(state="recognition", launched_at=None)

    letter = letter_of(partnership, "letter_interior", "fr")

    assert "Nous vous envoyons la charte signée" in letter
    assert "ont été consultées" not in letter  # no talk is recorded
    assert letter.count("☒") == 3


def test_each_fact_of_the_founding_has_its_sentence_in_the_letter_to_the_ministry(monkeypatch):
    partnership = everything_known()
    Partnership.objects.filter(pk=partnership.pk).update(state="recognition", launched_at=None)
    facts = PartnershipFacts(NOW.date(), {key: NOW.date() for keys in CONFIRMED for key in keys})

    for lacking in [None, *sorted(facts.days)]:
        days = {key: day for key, day in facts.days.items() if key != lacking}
        monkeypatch.setattr(
            ministry_values, "gather_partnership_facts", lambda *_a, days=days, **_k: replace(facts, days=days)
        )
        letter = unescape(letter_of(partnership, "letter_interior", "fr"))
        with override("fr"):
            said = {keys for keys, sentence in CONFIRMED.items() if str(sentence) in letter}
        assert said == {keys for keys in CONFIRMED if lacking not in keys}
        assert "Ce que nous confirmons" in letter


def test_a_copy_of_a_letter_that_left_bears_its_day():
    partnership = complete()
    Recognition.objects.update(state="sent", sent_on=date(2026, 11, 18), validated_on=None)
    Partnership.objects.filter(pk=partnership.pk).update(state="recognition", launched_at=None)
    for authority, day in (("municipality", 2), ("municipality", 20), ("prosecutor", 12)):
        Consultation.objects.create(
            partnership=partnership, authority=authority, held_on=date(2026, 3, day), persons="–", reference="1", at=NOW
        )

    days = {
        key: re.findall(r"\d+(?:er)? \w+ 2026", letter_of(partnership, key, "fr"))[0]
        for key in ("letter_mayor", "letter_prosecutor", "letter_interior", "welcome_letter")
    }

    assert days == {
        "letter_mayor": "2 mars 2026",  # the first of two talks
        "letter_prosecutor": "12 mars 2026",
        "letter_interior": "18 novembre 2026",
        "welcome_letter": "25 novembre 2026",  # leaves when it is printed
    }


def test_the_sheet_for_the_register_shows_the_state_of_the_day_its_letter_left():
    partnership = everything_known()
    Recognition.objects.update(state="validated", sent_on=date(2026, 11, 18), validated_on=date(2026, 11, 20))
    Partnership.objects.filter(pk=partnership.pk).update(state="active", launched_at=NOW - timedelta(days=1))

    sheet = unescape(letter_of(partnership, "register_sheet", "fr"))

    assert re.findall(r"État au ([^<]+)", sheet) == ["18 novembre 2026"]
    assert [words for words in ("20 novembre", "24 novembre") if words in sheet] == []


def test_the_sheet_for_the_register_is_that_of_today_once_a_change_was_told():
    partnership = everything_known()
    Recognition.objects.update(state="validated", sent_on=date(2026, 11, 18), validated_on=date(2026, 11, 20))
    Partnership.objects.filter(pk=partnership.pk).update(state="active", launched_at=NOW - timedelta(days=1))
    charter = Deed.objects.get(partnership=partnership, kind="charter")
    Amendment.objects.create(deed=charter, cause="plan", raised_at=NOW, interior_told_on=date(2026, 11, 23))

    letter, sheet = (unescape(letter_of(partnership, key, "fr")) for key in ("letter_interior", "register_sheet"))

    assert re.findall(r"État au ([^<]+)", sheet) == ["25 novembre 2026"]
    assert [words in sheet for words in ("20 novembre", "modification signalée le 23 novembre 2026")] == [True, True]
    assert "18 novembre 2026" in letter  # that of the recognition stays what it was


def test_the_financing_plan_says_when_it_was_signed_with_the_charter():
    partnership = complete()
    charter = Deed.objects.get(partnership=partnership, kind="charter")
    about = {"way": "portal", "signed_on": date(2026, 8, 20), "proven_at": NOW, "recorded_at": NOW}
    charter.signatures.create(slot="officer", name="Anne Exemple", **about)
    unbound = values_of_all_placeholders(gather_partnership_data(partnership, at=NOW), "fr")["agreement_signers"].rows
    Deed.objects.filter(pk=charter.pk).update(financing=financing_in_preparation(partnership))
    bound = values_of_all_placeholders(gather_partnership_data(partnership, at=NOW), "fr")["agreement_signers"].rows

    assert [row[2] for row in unbound] == ["", "", "", ""]
    assert [row[2] for row in bound] == ["", "", "Avec la charte, 20 août 2026", ""]


def test_the_plan_by_itself_says_what_the_annex_of_the_charter_says():
    partnership = complete()
    plan = plan_in_force_now(partnership) or plan_in_preparation(partnership)
    assert plan
    annex = [block for block in within(plan_paper(plan, "nl").blocks) if isinstance(block, TableBlock)]

    values = values_of_all_placeholders(gather_partnership_data(partnership, at=NOW), "nl")

    rows = [["".join(span.text or "\n" for span in cell) for cell in row] for table in annex for row in table.rows]
    assert [list(row) for row in values["plan_table"].rows] == rows
    assert values["plan_hands"].items[0].startswith("Alle soorten berichten – geschreven door: ")
    assert len(values["plan_hands"].items) == 3


def test_survey_and_door_hanger_say_when_the_evening_is_until_it_is_over():
    partnership = complete()
    texts = {}
    for at in (NOW, STARTS + timedelta(days=30)):
        data = gather_partnership_data(partnership, at=at)
        values = values_of_all_placeholders(data, "fr")
        for key in ("survey", "door_hanger"):
            entry = BY_KEY[key]
            source = standard_document_text(entry, "fr")
            texts[key, at] = document_html(files.compose_pack_document(entry, source, data, values, "fr"))

    assert ["9 décembre 2026" in text for text in texts.values()] == [True, True, False, False]


def test_where_no_candidate_is_known_the_ballot_says_to_write_a_name():
    partnership = complete()
    nameless = values_of_all_placeholders(gather_partnership_data(partnership, at=NOW), "fr")["ballot"].rows
    evening = Meeting.objects.get(partnership=partnership)
    Question.objects.create(meeting=evening, kind="person", label="Camille Exemple", position=0, function="committee")
    named = values_of_all_placeholders(gather_partnership_data(partnership, at=NOW), "fr")["ballot"].rows

    assert {row[0] for row in nameless[1:]} == {"Une personne (écrivez son nom)\u00a0:"}
    in_the_room = [row[0] for row in nameless[1:3]]
    assert [row[0] for row in named[1:]] == ["Camille Exemple (membre du comité de pilotage)", *in_the_room]


def test_a_member_may_choose_the_notification_where_the_plan_has_it():
    data = gather_partnership_data(complete(), at=NOW)
    rule = PlanRule(kind="alarm", channels=["sms", "webpush"])

    with_it, without = (
        values_of_all_placeholders(replace(data, rules=rules), "fr")["notification_way"] for rules in ([rule], [])
    )

    assert with_it == "Notification sur mon appareil : je l’active sur ma page"
    assert isinstance(without, Missing)


@pytest.mark.parametrize("language", ["fr", "nl", "de"])
def test_the_registration_form_offers_every_channel_whose_address_one_can_write(language):
    data, entry = gather_partnership_data(complete(), at=NOW), BY_KEY["registration_form"]
    values = values_of_all_placeholders(data, language)

    form = files.compose_pack_document(entry, standard_document_text(entry, language), data, values, language)

    page = unescape(document_html(form))
    with override(language):
        offered = [words_on_paper(channel).partition(" ____")[0] for channel in typed_channels_quickest_first()]
    assert len(offered) == len(set(planned_channels()) & set(channels_with_typed_addresses()))
    assert [words for words in offered if words not in page] == []


def test_a_channel_that_says_nothing_of_paper_stands_there_with_its_label_and_room_to_write():
    pager = SimpleNamespace(label="Pager", address_form=AddressForm(label="Your pager", hint="Five digits."))

    with override("en"):
        assert words_on_paper(pager) == "Pager: ____"


def test_the_letter_to_all_says_when_the_evening_ends_and_when_the_survey_is_back():
    data = gather_partnership_data(complete(), at=NOW)
    entry, values = BY_KEY["letter_residents"], values_of_all_placeholders(data, "fr")
    values["survey_until"] = "8 mai 2026"

    document = files.compose_pack_document(entry, standard_document_text(entry, "fr"), data, values, "fr")
    page = unescape(re.sub("<[^>]+>", "", document_html(document)))

    assert f"de {values['evening_time']} à {values['evening_until']}" in page
    assert "8 mai 2026" in page


def test_a_paper_says_the_municipality_in_its_own_language_alone() -> None:
    """Signs show both names of a bilingual municipality; a letter is written in one language."""
    names = {"nis": "21004", "name_fr": "Bruxelles", "name_nl": "Brussel", "name_de": "Brüssel"}
    brussels = Area(kind=Area.Kind.MUNICIPALITY, path="be/z1/m21004/", **names)
    data = replace(gather_partnership_data(complete(), at=NOW), municipalities=[brussels])
    languages = ("fr", "nl", "de")

    partners = [
        " ".join(partner.name for partner in paper_design_of_partnership(data, code).identity.partners)
        for code in languages
    ]

    assert [values_of_all_placeholders(data, code)["municipality"] for code in languages] == [
        "Bruxelles",
        "Brussel",
        "Brüssel",
    ]
    assert [len([name for name in names.values() if name in text.split()]) for text in partners] == [1, 1, 1]


@pytest.mark.parametrize(
    ("key", "language", "address", "greeting"),
    [
        ("letter_mayor", "fr", "À la bourgmestre ou au bourgmestre", "Madame la Bourgmestre, Monsieur le Bourgmestre,"),
        ("letter_mayor", "nl", "Aan de burgemeester", "Geachte burgemeester,"),
        (
            "letter_mayor",
            "de",
            "An die Bürgermeisterin oder den Bürgermeister",
            "Sehr geehrte Frau Bürgermeisterin, sehr geehrter Herr Bürgermeister,",
        ),
        (
            "letter_prosecutor",
            "fr",
            "Au procureur du Roi",
            "Madame la Procureure du Roi, Monsieur le Procureur du Roi,",
        ),
        ("letter_prosecutor", "nl", "Aan de procureur des Konings", "Geachte procureur des Konings,"),
        (
            "letter_prosecutor",
            "de",
            "An die Prokuratorin oder den Prokurator des Königs",
            "Sehr geehrte Frau Prokuratorin, sehr geehrter Herr Prokurator des Königs,",
        ),
    ],
)
def test_mayor_and_prosecutor_are_written_to_by_title_and_the_chief_signs(key, language, address, greeting):
    partnership = complete()
    officer = values_of_all_placeholders(gather_partnership_data(partnership, at=NOW), language)["officer"]
    letter = unescape(letter_of(partnership, key, language))
    below = letter.partition("Carl Muster")[2]

    assert address in letter
    assert greeting in letter
    assert letter.count(greeting.removesuffix(",")) == (2 if language == "fr" else 1)  # once more where one closes so
    assert officer in below
    assert "02 555 00 01" in below  # the officer's own, not what the public phones
    assert "02 555 00 00" not in letter


BOTH = "Madame la Bourgmestre, Monsieur le Bourgmestre"


@pytest.mark.parametrize(
    ("quality", "addressed_as", "address", "greeting"),
    [
        ("Bourgmestre", "", "Steven Remy, bourgmestre", BOTH),
        ("Bourgmestre", "sir", "Steven Remy, bourgmestre", "Monsieur le Bourgmestre"),
        ("Bourgmestre", "madam", "Steven Remy, bourgmestre", "Madame la Bourgmestre"),
        ("Bourgmestre faisant fonction", "sir", "Steven Remy, bourgmestre faisant fonction", "Monsieur le Bourgmestre"),
        ("Fonctionnaire de prévention", "sir", "À la bourgmestre ou au bourgmestre", BOTH),
    ],
)
def test_the_mayor_is_named_and_greeted_where_it_was_the_mayor_who_signed(quality, addressed_as, address, greeting):
    partnership = complete()
    charter.set_contact_and_amend_charter(
        partnership=partnership, slot="municipality", organisation="Service", name="Steven Remy",
        email="m@example.be", phone="+3225550001", addressed_as=addressed_as, by=None, at=NOW,
    )  # fmt: skip
    Signature.objects.create(
        deed=partnership.deeds.get(kind="charter"), slot="municipality", name="Steven Remy", quality=quality,
        signed_on=NOW.date(), way="portal", fingerprint="x", proven_at=NOW, recorded_at=NOW,
    )  # fmt: skip

    data = gather_partnership_data(Partnership.objects.select_related("area").get(pk=partnership.pk), at=NOW)
    values = values_of_all_placeholders(data, "fr")

    assert (values["mayor"], values["dear_mayor"]) == (address, greeting)


@pytest.mark.parametrize(
    ("language", "where", "unopened"),
    [
        ("fr", "dans une enveloppe fermée", "La police ne l’ouvre pas."),
        ("nl", "in een gesloten omslag", "De politie opent de omslag niet."),
        ("de", "in einem geschlossenen Umschlag", "Die Polizei öffnet ihn nicht."),
    ],
)
def test_the_form_to_register_says_to_whom_it_goes_back_and_the_page_one_keeps_has_the_code(language, where, unopened):
    data = gather_partnership_data(complete(), at=NOW)
    entry, values = BY_KEY["registration_form"], values_of_all_placeholders(data, language)
    form = files.compose_pack_document(entry, standard_document_text(entry, language), data, values, language)

    page = next(place for place, block in enumerate(form.blocks) if isinstance(block, PageBreak))
    kept, given_back = (
        unescape(document_html(replace(form, blocks=blocks))) for blocks in (form.blocks[:page], form.blocks[page:])
    )

    assert (values["join_link"] in kept, values["join_link"] in given_back) == (True, False)
    for words in (where, unopened, f"{values['plp']} {values['partnership']} –", values["police_desk"]):
        assert words in given_back


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("letter_residents", "toutes ses adresses au code postal 1130."),
        ("register_sheet", "toutes ses adresses au code postal 1130."),
        ("letter_interior", "Fiche pour le registre fédéral, avec les rues"),
        ("letter_interior", "Bruxelles, le "),
        ("folder", "Commune\N{NO-BREAK SPACE}: Commune de Bruxelles, 02 555 00 01"),
        ("welcome_letter", "Le règlement d’ordre intérieur est joint à cette lettre."),
        ("opinion_form", "sans nommer personne"),
    ],
)
def test_what_stands_elsewhere_in_the_pack_stands_here_too(key, words):
    assert words in unescape(letter_of(complete(), key, "fr"))


def test_the_manual_names_deputy_and_committee_and_the_sheet_of_a_screening_its_officer_once():
    data = gather_partnership_data(complete(), at=NOW)
    functions = (("Noor Aziz", Function.DEPUTY), ("Rayan Massart", Function.COMMITTEE))
    by = Person(name="Gabriel Hubert")
    chosen = [
        Candidate(person=Person(name=name), function=function, screened_on=date(2026, 6, 19), screened_by=by)
        for name, function in functions
    ]
    data = replace(data, elected=chosen, office={**data.office, "officer": "Gabriel Hubert"})
    values = values_of_all_placeholders(data, "nl")
    manual, slip = (
        document_html(
            files.compose_pack_document(BY_KEY[key], standard_document_text(BY_KEY[key], "nl"), data, values, "nl")
        )
        for key in ("coordinator_manual", "screening_slip")
    )

    assert all(name in manual for name, _function in functions)
    assert slip.count("Gabriel Hubert") == 1


def test_the_step_plan_says_when_each_step_was_done(monkeypatch):
    data = gather_partnership_data(complete(), at=NOW)
    days = {"idea": NOW.date(), "area": None}
    states = [SimpleNamespace(step=SimpleNamespace(key=key), done_on=day) for key, day in days.items()]
    monkeypatch.setattr(
        files, "step_plan_progress_of_partnership", lambda _partnership, *, at: SimpleNamespace(states=states)
    )

    said = files.done_days_by_step_placeholder(data, "de")
    plan = letter_of(data.partnership, "step_plan", "fr")

    assert list(said) == ["done_idea"]
    assert said["done_idea"].endswith(str(NOW.year))
    assert plan.count(str(NOW.year)) == 1  # what is not done leaves room to write


def test_the_form_of_an_idea_is_of_the_zone_for_it_proposes_another_partnership():
    values = values_of_all_placeholders(gather_partnership_data(complete(), at=NOW), "fr")

    footers = [
        files.footer_naming_partnership_and_circular(values, BY_KEY[key]).partition(" – ")[0]
        for key in ("idea_form", "step_plan")
    ]

    assert footers == [f"Zone de police {values['zone']}", f"{values['plp']} {values['partnership']}"]


@pytest.mark.parametrize(
    ("language", "till", "telephone", "finding"),
    [
        ("fr", "caisse", "du téléphone", "a interrogé des habitants, pas des commerçants"),
        ("nl", "kassa", "de telefoon", "bevroeg bewoners, geen handelaars"),
        ("de", "Kasse", "das Telefon", "befragte Bewohner, keine Geschäfte"),
    ],
)
def test_traders_keep_the_card_by_the_till_and_the_press_reads_whom_the_study_asked(language, till, telephone, finding):
    traders = complete("plp_i")
    card, press = letter_of(traders, "letterbox_card", language), letter_of(traders, "press", language)

    assert (till in card, telephone in card) == (True, False)
    assert finding in press


@pytest.mark.parametrize("language", OFFICIAL_LANGUAGES)
def test_an_order_of_signs_shows_who_pays_them_and_whoever_signed_the_charter_signs_it_and_the_evaluation(language):
    partnership = everything_known()
    plan = financing_in_preparation(partnership)
    assert plan is not None
    lines = [CostEntry("base", "SMS", 300, "zone"), CostEntry("extra", "Panneaux et autocollants", 120, "municipality")]
    charter.save_financing_draft(
        plan=plan, entry=FinancingEntry(lines=lines, alternative="E-mail", uninsured_because="x"), by=None, at=NOW
    )
    values = values_of_all_placeholders(gather_partnership_data(partnership, at=NOW), language)
    forms = [letter_of(partnership, key, language) for key in ("sign_order", "evaluation_form")]

    assert [row[0].partition(" (")[0] for row in values["sign_costs"].rows] == ["Panneaux et autocollants"]
    assert "SMS" not in forms[0]
    assert all("Carl Muster" in form for form in forms)
    assert [row[1] for row in values["objectives_to_review"].rows] == [""]  # each with room of its own
    total = values["cost_lines"].rows[-1]
    assert (total[0], "420,00" in total[2]) == ({"fr": "Total", "nl": "Totaal", "de": "Zusammen"}[language], True)


@pytest.mark.parametrize(
    ("at", "year"),
    [
        (date(2027, 6, 1), "25 novembre 2026 – 24 novembre 2027"),
        (date(2027, 11, 25), "25 novembre 2026 – 24 novembre 2027"),
        (date(2029, 1, 1), "25 novembre 2027 – 24 novembre 2028"),
    ],
)
def test_the_form_of_the_evaluation_says_which_year(at, year):
    data = replace(gather_partnership_data(complete(), at=NOW), at=datetime.combine(at, time(12), tzinfo=UTC))

    assert values_of_all_placeholders(data, "fr")["evaluated_year"] == year


def test_the_manual_says_how_to_reach_the_municipality_and_ones_own_page():
    values = values_of_all_placeholders(gather_partnership_data(complete(), at=NOW), "fr")

    assert values["municipality_desk"].endswith(", 02 555 00 01, municipality@example.be")
    assert values["coordinator_link"].endswith("/coordinator/")
