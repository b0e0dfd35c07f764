"""What a person agreed to, in words."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from plp.delivery.installed import channels
from plp.people.models import Consent
from plp.toolbox.words import colon

WORDS = {
    Consent.Kind.JOINING: _("To be a member"),
    Consent.Kind.CHANNEL: _("To be reached"),
    Consent.Kind.POLICE_SEES_NAME: _("The police may see my name"),
    Consent.Kind.CONDUCT: _("Rules of conduct"),
    Consent.Kind.INTERNAL_RULES: _("Internal rules"),
    Consent.Kind.ADULT: _("18 or older"),
    Consent.Kind.LIVES_OR_WORKS: _("Lives or works in the neighbourhood"),
    Consent.Kind.BUDDY: _("Somebody receives messages for somebody else"),
}


def consent_label(consent: Consent) -> Any:
    """A consent in words."""
    channel = channels().get(consent.subject)
    words = WORDS[Consent.Kind(consent.kind)]
    return f"{words}{colon(get_language())} {channel.label}" if channel else words
