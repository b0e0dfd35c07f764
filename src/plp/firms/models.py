"""Firms of a partnership of the self-employed, and the screens at their tills."""

from django.db import models

from plp.firms.rules import formatted_number, opening_sentence
from plp.firms.states import Sector
from plp.places.models import Street
from plp.toolbox.crypto import SealedText
from plp.toolbox.ids import new_random_id


class Firm(models.Model):
    """One shop or firm at one address: two addresses of one enterprise number are two establishments.

    Who belongs to it, and to which partnership it belongs, its memberships tell. Data of a sole trader is that of a
    person: name, number and door are sealed, and all goes with the last of its people.
    """

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    name = SealedText()
    number = SealedText()  # ten digits of the enterprise register
    digest = models.CharField(max_length=64, db_index=True)  # of the number
    sector = models.CharField(max_length=12, choices=Sector)
    street = models.ForeignKey(Street, on_delete=models.PROTECT, null=True, related_name="+")
    house = SealedText(blank=True)
    hours = models.JSONField(default=list)  # of Monday to Sunday: "09:00-12:00 13:30-18:00", or empty: closed
    created_at = models.DateTimeField()

    @property
    def formatted_number(self) -> str:
        """The enterprise number as papers of a firm show it."""
        return formatted_number(self.number)

    @property
    def opening_sentence(self) -> str:
        """When it is open, in the active language; empty where no hours were told."""
        return opening_sentence(self.hours)


class Screen(models.Model):
    """A tablet or till screen of a firm. It belongs to no person, and shows messages only.

    It is paired by a code of some minutes; from then on its browser holds a token of which the digest stands here.
    """

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    firm = models.ForeignKey(Firm, on_delete=models.CASCADE, related_name="screens")
    code_digest = models.CharField(max_length=64, blank=True, db_index=True)  # empty once it is paired
    code_until = models.DateTimeField()
    token_digest = models.CharField(max_length=64, blank=True, db_index=True)
    paired_at = models.DateTimeField(null=True)
