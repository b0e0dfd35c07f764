"""What fills the places of letters to members."""

from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext as _

from plp.delivery import pages
from plp.delivery.phone_numbers import format_phone_number
from plp.membership.models import Membership
from plp.partnership.letters import emergency_number_values
from plp.partnership.models import Partnership

TEXTS = Path(__file__).parent / "texts"


def membership_letter_values(membership: Membership) -> dict[str, str]:
    """What fills the places of the welcome and of the goodbye."""
    partnership, language = membership.partnership, membership.person.language
    coordinator = partnership.contact_email or pages.PARTNERSHIP.link(partnership.key)
    return {
        "partnership": partnership.name(language),
        "coordinator_contact": coordinator,
        "contacts": _contact_lines_for_questions(partnership, coordinator, language),
        "settings_link": pages.MEMBER_ENTRY.link(),
        "firm": _words_about_firm(membership),
        **emergency_number_values(partnership, language),
    }


def _contact_lines_for_questions(partnership: Partnership, coordinator: str, language: str) -> str:
    """Whom a member may ask, a line each: the ``coordinator`` at an address, the local police by telephone."""
    number = format_phone_number(partnership.contact_phone)
    with translation.override(language):
        return f"{coordinator}\n{number} ({_('local police')})" if number else coordinator


def _words_about_firm(membership: Membership) -> str:
    """What a trader finds in the settings, as a paragraph of its own; empty for whoever has no firm."""
    if membership.firm is None:
        return ""
    with translation.override(membership.person.language):
        return "\n\n" + _(
            "There you also say when %(firm)s is open, invite colleagues and add a screen at the till."
        ) % {"firm": membership.firm.name}
