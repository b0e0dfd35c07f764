"""What a breach can be: its cause, whose data, how grave; and what was decided (GDPR arts. 33 and 34)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Cause(models.TextChoices):
    """How it came about."""

    WRONG_ADDRESS = "wrong_address", _("sent or shown to the wrong person")
    LOST = "lost", _("a device, a list or a letter was lost or stolen")
    INTRUSION = "intrusion", _("somebody got in without permission")
    MISUSE = "misuse", _("somebody with access used it for something else")
    UNAVAILABLE = "unavailable", _("data are gone or cannot be reached")
    OTHER = "other", _("another cause")


class Data(models.TextChoices):
    """Which data it concerns."""

    NAMES = "names", _("names")
    ADDRESSES = "addresses", _("streets and house numbers")
    CONTACTS = "contacts", _("telephone numbers and e-mail addresses")
    MEMBERSHIP = "membership", _("that somebody is a member")
    MESSAGES = "messages", _("what was sent to whom")
    SIGHTINGS = "sightings", _("what citizens told the police")
    SIGN_IN = "sign_in", _("passwords or other keys")


class Risk(models.TextChoices):
    """How grave it is for the persons concerned: it decides who is told."""

    NONE = "none", _("no risk is likely: nobody has to be told")
    SOME = "some", _("a risk: the authority has to be told")
    HIGH = "high", _("a high risk: the authority and the persons have to be told")
