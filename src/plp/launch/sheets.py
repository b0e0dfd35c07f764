"""Paper for the round: one sheet a street with its doors (R16); the letters of the survey with their codes (R17)."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plp.channels.paper import PaperRecipient, sorted_in_walking_order
from plp.channels.paper.letters import date_text
from plp.documents.dates import date_format
from plp.documents.tagged_pdf import qr_code_template_data, render_pdf
from plp.launch.models import Survey
from plp.launch.questionnaire import home_survey_code, survey_code_digest
from plp.launch.survey_papers import (
    questions_with_boxes,
    survey_answer_url,
    survey_return_address,
    zone_and_desk_of_partnership,
)
from plp.partnership.models import Partnership
from plp.partnership.queries import public_page_url
from plp.partnership.signs import NAMES
from plp.places.models import Address
from plp.places.postal_addresses import town_line
from plp.places.typed_addresses import address_in_language
from plp.toolbox.ids import grouped_code
from plp.toolbox.texts import LANGUAGES, text

HERE = Path(__file__).parent
TEXTS = HERE / "texts"
CUTTING_LINE = "\n---\n"  # in the text of a letter: what stands below it goes back, and tells no address


def street_checklists_pdf(partnership: Partnership, doors: Sequence[Address], *, language: str, at: datetime) -> bytes:
    """A tagged PDF with a sheet for each street: its doors in walking order with boxes to tick, and their number.

    The doors are those of the public register: no name, nobody who lives there. Raises those of ``documents.pdf``.
    """
    walk = sorted_in_walking_order([_door_as_recipient(door, language) for door in doors])
    with translation.override(language):
        content = {
            "sender": partnership.name(language),
            "when": date_text(at, language),
            "streets": [
                {"name": name, **_doors_with_count([door.house for door in group])}
                for name, group in groupby(walk, key=lambda door: door.walk)
            ],
            "care": text(TEXTS, "street_sheet", language),
            "by": _("Taken round by:"),
            "on": _("On:"),
            "what": [_("Letter"), _("Folder"), _("Notice")],
            "page": qr_code_template_data(public_page_url(partnership)),
            "page_words": _("The page of the partnership, for whoever asks:"),
        }
        title = _("Streets to inform, %s") % partnership.name(language)
    return render_pdf(HERE / "street_sheet.typ", content, language=language, title=title, at=at)


def _doors_with_count(houses: list[str]) -> dict[str, Any]:
    """The doors of one street and how many there are."""
    count = len(houses)
    return {"count": ngettext("%d address", "%d addresses", count) % count, "doors": houses}


def _door_as_recipient(address: Address, language: str) -> PaperRecipient:
    """A door as a place on the walk: the street in all its languages, so that both name plates are known."""
    street = address.street
    house = f"{address.number} {address.box}".strip()
    return PaperRecipient(name="", language=language, street=street.name(language), house=house, walk=street.names)


def survey_letters_pdf(survey: Survey, doors: Sequence[Address], *, at: datetime) -> bytes:
    """A tagged PDF of letters, one a door and language of the partnership, with its code and the slip to hand back.

    Two letters stand on a sheet, or one beside a long slip. A door that came to the area after the survey was opened
    has no code and gets none.
    Nothing tells afterwards which home had which code. Raises as ``street_checklists_pdf``.
    """
    partnership = survey.partnership
    languages = [code for code in partnership.languages if code in LANGUAGES] or ["fr"]
    return_addresses = _return_address_by_language(survey, languages)
    codes = {door.pk: home_survey_code(survey.pk, door.register_id) for door in doors}
    known_digests = set(
        survey.codes.filter(digest__in=map(survey_code_digest, codes.values())).values_list("digest", flat=True)
    )
    letters = [
        _survey_letter_content(survey, door, codes[door.pk], language, return_addresses[language])
        for door in doors
        if survey_code_digest(codes[door.pk]) in known_digests
        for language in languages
    ]
    title = f"{partnership.name(languages[0])}, {date_text(survey.opened_at, languages[0])}"
    return render_pdf(HERE / "survey_letters.typ", {"letters": letters}, language=languages[0], title=title, at=at)


def _return_address_by_language(survey: Survey, languages: Sequence[str]) -> dict[str, str]:
    """To whom paper goes back, by language; the area where nobody is named."""
    zone, desk = zone_and_desk_of_partnership(survey.partnership)
    addresses = {}
    for language in languages:
        with translation.override(language):
            address = survey_return_address(survey, survey.partnership, desk, zone)
        addresses[language] = address_in_language(address, language) or survey.partnership.name(language)
    return addresses


def door_address_lines(door: Address, language: str) -> list[str]:
    """A door as it is addressed by the post: street and number, postcode and municipality."""
    house = f"{door.number} {door.box}".strip()
    return [f"{door.street.name(language)} {house}", town_line(door.street, language, door.postcode)]


def _name_of_kind_within_sentence(kind: str, language: str) -> str:
    """What a partnership of this kind is called, with the small letter that it has within a sentence."""
    name = NAMES[kind][language]
    return name[0].lower() + name[1:]


def _survey_letter_content(survey: Survey, door: Address, code: str, language: str, returned_to: str) -> dict[str, Any]:
    """One letter to nobody in particular: the home and its code."""
    with translation.override(language):
        last = date_format(survey.last_day, "DATE_FORMAT")
        to = _("To all who live or work at")
        question_texts = questions_with_boxes(survey)
        questions = "\n\n".join(f"{number}. {words}" for number, words in enumerate(question_texts, start=1))
    link = survey_answer_url(survey)
    body = text(
        TEXTS,
        "survey_letter",
        language,
        name=_name_of_kind_within_sentence(survey.partnership.kind, language),
        code=grouped_code(code),
        link=link,
        last_day=last,
        returned_to=returned_to,
        questions=questions,
    )
    subject, _newline, below_subject = body.partition("\n")
    letter_body, _line, slip = below_subject.partition(CUTTING_LINE)
    fields = {
        "language": language,
        "sender": survey.partnership.name(language),
        "address": [to, *door_address_lines(door, language)],
        "subject": subject,
        "body": letter_body.strip(),
        "slip": slip.strip(),
    }
    return {**fields, "code": qr_code_template_data(link)}
