"""A report that is not for the police, handed to a service of the municipality: lights, roads, waste."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plp.people.models import Person
from plp.sightings.models.sighting import KEY, REPORTER_KEY, Sighting
from plp.toolbox.crypto import SealedText
from plp.toolbox.ids import new_random_id


class Referral(models.Model):
    """What a service reads of a report, and what it made of it.

    ``words`` are those that the officer let through: place and day beside them, no person, no plate, no picture.
    Words, address and note go with the report; that it was handed over, and how it ended, stays as a count.
    """

    class Outcome(models.TextChoices):
        """What the service says."""

        DONE = "done", _("done")
        PLANNED = "planned", _("planned, not done yet")
        NOT_OURS = "not_ours", _("not for this service")

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    sighting = models.OneToOneField(Sighting, on_delete=models.CASCADE, related_name="referral")
    words = SealedText(blank=True, key=KEY)
    address = SealedText(blank=True, key=KEY)  # where it was mailed; empty when the police passed the link on
    service = SealedText(blank=True, key=REPORTER_KEY)  # the key of a nameless person behind that address
    referred_at = models.DateTimeField()
    referred_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    outcome_at = models.DateTimeField(null=True)
    note = SealedText(blank=True, key=KEY)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="") | Q(outcome_at__isnull=False), name="sighting_referral_outcome_with_day"
            ),
        ]
        indexes = [models.Index(fields=["referred_at"])]
