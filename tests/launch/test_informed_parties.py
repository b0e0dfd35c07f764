"""What the letter to FPS Interior confirms stands in the pack: who was told and how, the letter that went round, the
days of the screening.
"""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils.translation import override

from plp.documents import Blank, document_html
from plp.evening.models import Meeting
from plp.launch.documents import files
from plp.launch.documents.ministry_values import CONFIRMED, SCREENING_FACTS, sentences_of_confirmed_facts
from plp.launch.documents.placeholder_values import gather_partnership_data, values_of_all_placeholders
from plp.launch.documents.register import BY_KEY
from plp.launch.models import Consultation, Informing, Stakeholder, Survey
from plp.launch.queries.texts import newest_wordings_for_partnership, standard_document_text
from plp.membership.models import Candidate
from plp.membership.states import Function
from plp.people.models import Person
from plp.places.queries import streets_of
from plp.toolbox.clock import local
from tests.evening.stage import STARTS
from tests.factories.cast import NOW
from tests.launch.complete import complete

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

TOLD_ON = date(2026, 11, 1)
AFTER = STARTS + timedelta(days=30)


def inform_by_letter(partnership, streets, day=TOLD_ON):
    for street in streets:
        Informing.objects.create(partnership=partnership, street=street, means="letter", informed_on=day, at=NOW)


def convened(partnership, day=TOLD_ON):
    Meeting.objects.filter(partnership=partnership).update(convened_at=f"{day} 08:00Z")


def names_in_pack(partnership, monkeypatch, *keys):
    monkeypatch.setattr(files, "ENTRIES", tuple(BY_KEY[key] for key in keys))
    monkeypatch.setattr(files, "ROOM_DOCUMENTS", ())
    monkeypatch.setattr(files.documents, "pdfs", lambda orders, **_at: [b""] * len(orders))
    data = gather_partnership_data(partnership, at=AFTER)
    return {
        Path(file.name).stem
        for file in files.every_pack_document_in_every_form(
            data, newest_wordings_for_partnership(partnership), "fr", at=AFTER
        )
    }


def test_the_list_says_when_and_how_mayor_prosecutor_and_all_addresses_were_told():
    partnership = complete()
    for day, authority in ((2, "prosecutor"), (1, "municipality"), (3, "municipality"), (1, "police")):
        held_on = date(2026, 10, day)
        Consultation.objects.create(
            partnership=partnership, authority=authority, held_on=held_on, persons="X", reference=f"P/{day}", at=NOW
        )
    for number in ("002", "001"):
        Stakeholder.objects.create(
            partnership=partnership, who=f"École {number}", told_on=TOLD_ON, means="meeting", proof=number, at=NOW
        )
    inform_by_letter(partnership, streets_of(partnership.area))

    rows = values_of_all_placeholders(gather_partnership_data(partnership, at=NOW), "fr")["informed_parties"].rows

    assert [list(row) for row in rows if row[0]] == [
        [rows[0][0], "par lettre", "1er octobre 2026", "P/1"],
        [rows[1][0], "par lettre", "2 octobre 2026", "P/2"],
        ["Toutes les adresses (6)", "lettre dans chaque boîte", "1er novembre 2026", "Lettre à toutes les adresses"],
        ["École 001", "lors d’une réunion", "1er novembre 2026", "001"],
        ["École 002", "lors d’une réunion", "1er novembre 2026", "002"],
    ]
    assert rows[0][0].startswith("Bourgmestre (")
    assert rows[1][0].startswith("Parquet")


def test_streets_that_nobody_informed_yet_are_not_all_addresses():
    partnership = complete()
    inform_by_letter(partnership, streets_of(partnership.area)[:1])
    Informing.objects.create(partnership=partnership, means="press", informed_on=TOLD_ON, carrier="Le Journal", at=NOW)

    rows = values_of_all_placeholders(gather_partnership_data(partnership, at=NOW), "fr")["informed_parties"].rows

    assert [(row[0], row[1], row[3]) for row in rows if row[0]] == [
        ("Rues\N{NO-BREAK SPACE}: 1", "lettre dans chaque boîte", "Lettre à toutes les adresses"),
        ("Lecteurs de «\N{NO-BREAK SPACE}Le Journal\N{NO-BREAK SPACE}»", "article", "Le Journal"),
    ]


def test_the_letter_that_went_round_stays_as_it_was_once_the_evening_is_over(monkeypatch):
    partnership = complete()
    convened(partnership)
    inform_by_letter(partnership, streets_of(partnership.area))

    names = names_in_pack(partnership, monkeypatch, "invitation", "letter_residents")
    data = gather_partnership_data(partnership, at=AFTER)
    entry, values = BY_KEY["letter_residents"], values_of_all_placeholders(data, "fr")
    letter = files.compose_pack_document(entry, standard_document_text(entry, "fr"), data, values, "fr")

    assert names == {"lettre-a-toutes-les-adresses"}
    assert letter.missing == ()
    assert "1er novembre 2026" in str(letter.blocks)


@pytest.mark.parametrize(("days_left", "day"), [(0, "today"), (-1, "1er novembre 2026")])
def test_a_letter_with_a_survey_that_has_ended_bears_the_day_it_went_round(days_left, day):
    partnership = complete()
    convened(partnership)
    inform_by_letter(partnership, streets_of(partnership.area))
    last_day = local(NOW).date() + timedelta(days=days_left)
    Survey.objects.filter(partnership=partnership).delete()
    Survey.objects.create(partnership=partnership, homes=6, opened_at=NOW - timedelta(days=30), last_day=last_day)

    data = gather_partnership_data(partnership, at=NOW)
    entry, values = BY_KEY["letter_residents"], values_of_all_placeholders(data, "fr")
    letter = files.compose_pack_document(entry, standard_document_text(entry, "fr"), data, values, "fr")

    assert f"le {values['today'] if day == 'today' else day}" in document_html(letter)
    assert letter.missing == ()


@pytest.mark.parametrize("days_before_letter", [-1, 1])
def test_a_letter_from_before_the_convening_is_not_said_to_have_invited(days_before_letter, monkeypatch):
    partnership = complete()
    convened(partnership, TOLD_ON - timedelta(days=days_before_letter))
    inform_by_letter(partnership, streets_of(partnership.area))

    names = names_in_pack(partnership, monkeypatch, "letter_residents")

    assert names == ({"lettre-a-toutes-les-adresses"} if days_before_letter > 0 else set())


def elected(*functions):
    by = Person(name="Anne Exemple")
    return [
        Candidate(person=Person(name=f"P. {function}"), function=function, screened_on=day, screened_by=by)
        for function, day in functions
    ]


def test_the_letter_names_the_day_of_each_screening_that_it_could_know():
    persons = elected((Function.COORDINATOR, date(2026, 10, 1)), (Function.DEPUTY, date(2026, 10, 2)))

    with override("fr"):
        both, coordinator_alone = (
            sentences_of_confirmed_facts([SCREENING_FACTS], persons, sent_on) for sent_on in (None, date(2026, 10, 1))
        )
        nothing_recorded = sentences_of_confirmed_facts([SCREENING_FACTS], [], None)

        assert both == [
            "La police a vérifié que la personne qui coordonne (résultat du 1er octobre 2026) et celle qui la remplace "
            "(résultat du 2 octobre 2026) peuvent exercer la fonction."
        ]
        assert coordinator_alone == [
            "La police a vérifié que la personne qui coordonne (résultat du 1er octobre 2026) peut exercer la fonction."
        ]
        assert nothing_recorded == [str(CONFIRMED[SCREENING_FACTS])]


def test_the_slip_bears_outcome_day_and_officer_once_each_is_known():
    data = gather_partnership_data(complete(), at=NOW)
    day = date(2026, 10, 1)
    whole = elected((Function.COORDINATOR, day), (Function.DEPUTY, day), (Function.COMMITTEE, None))
    half = elected((Function.COORDINATOR, day), (Function.DEPUTY, None))

    filled, open_one = (values_of_all_placeholders(replace(data, elected=rows), "fr") for rows in (whole, half))

    assert (filled["screening_days"], filled["screening_officers"]) == ("1er octobre 2026", "Anne Exemple")
    assert filled["screening_outcomes"].ticks == [True, False]
    assert filled["screening_consent"] == "voir la candidature signée, dans le dossier de la police"
    assert isinstance(open_one["screening_consent"], Blank)  # signed on this sheet, before any result
    assert open_one["screening_outcomes"].ticks == [False, False]
    assert not isinstance(open_one["screening_days"], str)
