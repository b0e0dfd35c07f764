"""What fills the places of letters to members."""

from pathlib import Path

from django.conf import settings

from plp.membership.models import Membership
from plp.partnership.letters import urgent_places

TEXTS = Path(__file__).parent / "texts"


def welcome_places(membership: Membership) -> dict[str, str]:
    """What fills the places of the welcome and of the goodbye."""
    partnership, language = membership.partnership, membership.person.language
    return {
        "partnership": partnership.name(language),
        "coordinator_contact": partnership.contact_email or f"{settings.ORIGIN}/p/{partnership.key}/",
        "settings_link": f"{settings.ORIGIN}/m/",
        **urgent_places(partnership, language),
    }
