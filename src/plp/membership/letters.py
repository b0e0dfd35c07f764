"""What fills the places of letters to members."""

from pathlib import Path

from plp.delivery import pages
from plp.membership.models import Membership
from plp.partnership.letters import emergency_number_values

TEXTS = Path(__file__).parent / "texts"


def membership_letter_values(membership: Membership) -> dict[str, str]:
    """What fills the places of the welcome and of the goodbye."""
    partnership, language = membership.partnership, membership.person.language
    return {
        "partnership": partnership.name(language),
        "coordinator_contact": partnership.contact_email or pages.PARTNERSHIP.link(partnership.key),
        "settings_link": pages.MEMBER_ENTRY.link(),
        **emergency_number_values(partnership, language),
    }
