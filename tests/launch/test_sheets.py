"""Paper: sheets with the doors of a street, letters with a code and the form (R16, R17)."""

import io
from datetime import date

import pytest
from django.conf import settings
from pypdf import PdfReader

from plp.launch.actions import area, surveys
from plp.launch.queries.informed_streets import covered_addresses_in_streets
from plp.launch.questionnaire import QUESTION_LABELS, QUESTIONS, home_survey_code
from plp.launch.sheets import street_checklists_pdf, survey_letters_pdf
from plp.partnership.models import Partnership
from plp.places.models import Address, CoveredAddress
from plp.toolbox.ids import grouped_code
from tests.launch.ground import NOW, Ground
from tests.places.build import whole

pytestmark = pytest.mark.django_db


def pages(made: bytes) -> list[str]:
    """The words of each page."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(made)).pages]


@pytest.mark.parametrize(
    ("language", "street", "count"),
    [("fr", "Rue du Chêne / Eikstraat", "4 adresses"), ("nl", "Rue du Chêne / Eikstraat", "4 adressen")],
)
def test_a_sheet_a_street_with_its_doors_and_their_number(language: str, street: str, count: str) -> None:
    ground = Ground()
    doors = covered_addresses_in_streets(ground.partnership, [ground.oak, ground.elm])

    found = pages(street_checklists_pdf(ground.partnership, doors, language=language, at=NOW))

    assert len(found) == 2
    assert street in found[1]
    assert count in found[1]
    assert [number in found[1] for number in ("1", "2", "3", "4 b001")] == [True] * 4


def test_a_letter_a_home_and_language_with_its_own_code() -> None:
    ground = Ground()
    survey = surveys.open_survey_and_create_address_codes(
        partnership=ground.partnership, last_day=date(2026, 12, 1), by=ground.officer, at=NOW
    )
    doors = covered_addresses_in_streets(ground.partnership, [ground.elm])

    found = pages(survey_letters_pdf(survey, doors, at=NOW))

    assert len(found) == 2  # both languages of a home on one sheet
    for page, door in zip(found, doors, strict=True):
        code = grouped_code(home_survey_code(survey.pk, door.register_id))
        assert page.count(code) == 4  # in each language, on what stays at home and on what goes back
        assert f"Rue de l’Orme {door.number}" in page
        assert f"Olmstraat {door.number}" in page
        assert [town in page.splitlines() for town in ("1130 Bruxelles", "1130 Brussel")] == [True, True]
        assert "1er décembre 2026" in " ".join(page.split())
        assert f"{settings.ORIGIN}/survey/" in page
    assert found[0] != found[1]


def test_a_letter_names_its_partnership_in_its_own_language_alone() -> None:
    ground = Ground()
    ground.area.name_fr, ground.area.name_nl = "Le Chêne", "De Eik"
    ground.area.save()
    survey = surveys.open_survey_and_create_address_codes(
        partnership=ground.partnership, last_day=date(2026, 12, 1), by=ground.officer, at=NOW
    )
    survey = type(survey).objects.get(pk=survey.pk)

    (page,) = pages(
        survey_letters_pdf(survey, covered_addresses_in_streets(ground.partnership, [ground.elm])[:1], at=NOW)
    )

    assert [name in page for name in ("Le Chêne", "De Eik", "Le Chêne / De Eik")] == [True, True, False]


def test_the_letters_of_a_long_street_with_every_question_are_set_in_one_document() -> None:
    """As many doors as a page prints at once, in three languages, far within what one document may take."""
    ground = Ground()
    ground.partnership.languages = ["fr", "nl", "de"]
    ground.partnership.kind = Partnership.Kind.TRADERS  # asked the most
    ground.partnership.save()
    for number in range(100, 220):
        address = Address.objects.create(
            street=ground.elm, register_id=f"long-{number}", number=str(number), sort_key=str(number), postcode="1130"
        )
        CoveredAddress.objects.create(area=ground.area, address=address)
    survey = surveys.open_survey_and_create_address_codes(
        partnership=ground.partnership, last_day=date(2026, 12, 1), questions=list(QUESTIONS), by=ground.officer, at=NOW
    )

    doors = covered_addresses_in_streets(ground.partnership, [ground.elm])[-120:]
    made = survey_letters_pdf(survey, doors, at=NOW)

    assert len(PdfReader(io.BytesIO(made)).pages) == 360


def test_what_goes_back_tells_the_code_and_no_address() -> None:
    ground = Ground()
    survey = surveys.open_survey_and_create_address_codes(
        partnership=ground.partnership, last_day=date(2026, 12, 1), by=ground.officer, at=NOW
    )
    (door, *_others) = covered_addresses_in_streets(ground.partnership, [ground.elm])
    code = grouped_code(home_survey_code(survey.pk, door.register_id))

    (page,) = pages(survey_letters_pdf(survey, [door], at=NOW))

    words = " ".join(page.split())
    slips = [
        words.partition("Gardez celle-ci.")[2].partition("sans eux.")[0],
        words.partition("Bewaar dit deel.")[2].partition("zonder geteld.")[0],
    ]
    assert [slip.count(code) for slip in slips] == [1, 1]
    assert [street for street in ("Orme", "Olmstraat", "1130") if street in "".join(slips)] == []
    assert ["N’écrivez ni nom ni adresse" in slips[0], "Schrijf geen naam of adres op" in slips[1]] == [True, True]


def test_a_slip_with_every_question_has_its_own_half_of_the_sheet() -> None:
    ground = Ground()
    ground.partnership.kind = Partnership.Kind.TRADERS  # asked the most
    ground.partnership.save()
    asked = {"questions": tuple(QUESTION_LABELS), "last_day": date(2026, 12, 1), "by": ground.officer, "at": NOW}
    survey = surveys.open_survey_and_create_address_codes(partnership=ground.partnership, **asked)
    (door, *_others) = covered_addresses_in_streets(ground.partnership, [ground.elm])

    french, dutch = (" ".join(page.split()) for page in pages(survey_letters_pdf(survey, [door], at=NOW)))

    code = grouped_code(home_survey_code(survey.pk, door.register_id))
    assert [page.count(code) for page in (french, dutch)] == [2, 2]
    assert french.index("Gardez celle-ci.") < french.rindex(code) < french.index("1. ") < french.index("sans eux.")


def test_a_home_that_came_later_gets_no_letter() -> None:
    ground = Ground()
    survey = surveys.open_survey_and_create_address_codes(
        partnership=ground.partnership, last_day=date(2026, 12, 1), by=ground.officer, at=NOW
    )
    area.add_covered_streets_and_count_addresses(
        partnership=ground.partnership, parts=[whole(ground.elsewhere)], by=ground.officer, at=NOW
    )
    doors = covered_addresses_in_streets(ground.partnership, [ground.elm, ground.elsewhere])

    found = pages(survey_letters_pdf(survey, doors, at=NOW))

    assert len(doors) == 4
    assert len(found) == 2
    assert [page for page in found if "Rue du Hêtre" in page] == []
