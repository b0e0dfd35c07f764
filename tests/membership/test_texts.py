"""Letters about sign-ins and memberships: complete in four languages, and short where a telephone counts."""

import re
from pathlib import Path

import pytest

from plp import accounts, membership
from plp.toolbox.texts import LANGUAGES, PLACE, text
from plp.wording.length import count_segments

FOLDERS = [Path(str(room.__file__)).parent / "texts" for room in (accounts, membership)]
TEXTS = {path.name: path for folder in FOLDERS for path in folder.iterdir()}
MAILS = (
    "address_new_mail",
    "address_old_mail",
    "already_member_mail",
    "asked_anew_mail",
    "buddy_agreed_mail",
    "buddy_asked_mail",
    "buddy_ended_mail",
    "confirm_contact_mail",
    "goodbye_mail",
    "invitation_mail",
    "other_contact_mail",
    "new_device_mail",
    "new_device_of_mail",
    "new_start_mail",
    "settings_code_mail",
    "stop_receipt_mail",
    "test_mail",
    "welcome_mail",
    "your_way_mail",
)
SHORT = (
    "buddy_agreed_sms",
    "buddy_ended_sms",
    "confirm_contact_sms",
    "goodbye_sms",
    "other_contact_sms",
    "settings_code_sms",
    "stop_receipt_sms",
    "welcome_sms",
    "your_way_sms",
)
LETTERS = ("asked_anew_letter", "code_letter")
OF_THE_DESK = (  # about those who ask to join, about lists, on somebody's word; what a test call says
    "changed_mail",
    "changed_sms",
    "enquiry_mail",
    "enquiry_sms",
    "erased",
    "imported_mail",
    "paper_tree",
    "imported_sms",
    "own_sheet",
    "phone_list",
    "refused_mail",
    "refused_sms",
    "sheet",
    "taken_out_mail",
    "test_spoken",
)
LINKED = ("asked_anew_sms", "buddy_asked_sms", "test_sms")  # a link may be as long as half a message
PLACES = {
    "moment": "25. November 2026 23:23",
    "code": "123456789012",
    "reason": "X",
    "valid": "10",
    "days": "30",
    "last_day": "30. November 2026",
    "partnership": "PLP Bruxelles-Nord, quartier de Haren",
    "police": "101",
    "help": "112",
    "settings_link": "https://plp.example.be/m/",
    "firm": "\n\nThere you also say when Firm Ann is open.",
    "contacts": "coordination@plp.example.be",
    "coordinator_contact": "coordination@example.be",
    "stop_link": "https://plp.example.be/stop/0123456789abcdef0123456789abcdef/0123456789abcdef0123456789abcdef",
    "role": "coordinator",
    "area": "Haren",
    "link": "https://plp.example.be/account/set-up/0123456789abcdef0123456789abcdef-abcdef-0123456789abcdef/",
}


def folder_of(name: str) -> Path:
    """Where the texts of a letter stand."""
    return TEXTS[f"{name}.en.md"].parent


def test_nothing_is_missing_and_nothing_is_left_over():
    names = {
        f"{name}.{language}.md" for name in (*MAILS, *SHORT, *LINKED, *LETTERS, *OF_THE_DESK) for language in LANGUAGES
    }

    assert set(TEXTS) == names


@pytest.mark.parametrize("name", [*MAILS, *SHORT, *LINKED, *LETTERS, *OF_THE_DESK])
def test_all_languages_have_the_same_places(name):
    places = {
        frozenset(PLACE.findall(TEXTS[f"{name}.{language}.md"].read_text(encoding="utf-8"))) for language in LANGUAGES
    }

    assert len(places) == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", MAILS)
def test_a_mail_begins_with_its_subject(name, language):
    first, empty, *rest = text(folder_of(name), name, language, **PLACES).split("\n")

    assert re.fullmatch(r"Subject: \S.{3,76}", first)
    assert empty == ""
    assert len(rest) > 4


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SHORT)
def test_a_short_message_fits_one_sms(name, language):
    counted = count_segments(text(folder_of(name), name, language, **PLACES))

    assert (counted.alphabet, counted.segments) == ("gsm7", 1)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["asked_anew_sms", "buddy_asked_sms"])
def test_a_short_message_with_a_long_link_fits_two(name, language):
    counted = count_segments(text(folder_of(name), name, language, **PLACES))

    assert (counted.alphabet, counted.segments) == ("gsm7", 2)
