"""The invitation of the pack as a letter for each door of a street, in every language of the meeting (R16)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from plp.documents.door_letters import DoorLetter, Round, door_letters_pdf
from plp.evening.models import Meeting
from plp.evening.queries import addresses_in_street
from plp.launch.documents.files import (
    compose_pack_document,
    footer_naming_partnership_and_circular,
    print_order_of_document,
)
from plp.launch.documents.paper_design import paper_design_of_partnership
from plp.launch.documents.placeholder_values import PartnershipData, gather_partnership_data, values_of_all_placeholders
from plp.launch.documents.register import BY_KEY
from plp.launch.queries.texts import Wordings, newest_wordings_for_partnership
from plp.launch.sheets import door_address_lines
from plp.places.models import Address, Street

INVITATION, LETTER = BY_KEY["invitation"], "invitation-a4.pdf"
LETTERS_A_FILE = 75  # in three languages some five seconds: a long street comes in parts


def street_invitations_pdf(meeting: Meeting, street: Street, *, language: str, at: datetime, part: int = 1) -> bytes:
    """The invitation of the pack for each door of a street, then the list of doors to tick off.

    Without a name: it goes to whoever lives or works there. A page a language of the meeting, so that two stand on one
    sheet. A long street comes in parts of ``LETTERS_A_FILE`` doors, from 1 on. Raises as ``documents.pdf``.
    """
    doors = list(addresses_in_street(meeting, street)[(part - 1) * LETTERS_A_FILE : part * LETTERS_A_FILE])
    data = replace(gather_partnership_data(meeting.partnership, at=at), evening=meeting)
    wordings = newest_wordings_for_partnership(meeting.partnership)
    letters = [_door_letter(data, wordings, code) for code in meeting.languages]
    addresses = [[_address_lines_for_envelope_window(door, code) for code in meeting.languages] for door in doors]
    with override(language):
        words = _("Letters: %d. Tick off each door.") % len(doors)
        carried = Round(street.names, words, [f"{door.number} {door.box}".strip() for door in doors])
    return door_letters_pdf(letters, addresses, carried, at=at)


def _door_letter(data: PartnershipData, wordings: Wordings, language: str) -> DoorLetter:
    """The letter in one language, worded as in the pack."""
    values = values_of_all_placeholders(data, language)
    document = compose_pack_document(
        INVITATION, wordings.own_else_zone_else_standard_wording(INVITATION, language).source, data, values, language
    )
    design = paper_design_of_partnership(data, language)
    order = print_order_of_document(
        document, LETTER, footer_naming_partnership_and_circular(values, INVITATION), design
    )
    return DoorLetter(order, design, str(values["police_sender"]).splitlines())


def _address_lines_for_envelope_window(door: Address, language: str) -> Sequence[str]:
    with override(language):
        return [_("To all who live or work at"), *door_address_lines(door, language)]
