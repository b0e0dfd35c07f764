"""Members and the internal rules: who was asked, who accepted which version, when and how (R68, R88, R98)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from plp.charter.models.deed import Deed
from plp.people.models import Person
from plp.toolbox.ids import new_random_id


class Acceptance(models.Model):
    """A member accepted one version of the internal rules after joining. What they accepted to join is a consent."""

    class Way(models.TextChoices):
        PAGE = "page", _("on the page")
        PAPER = "paper", _("on paper")

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    deed = models.ForeignKey(Deed, on_delete=models.PROTECT, related_name="acceptances")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="accepted_rules")
    way = models.CharField(max_length=5, choices=Way)
    accepted_at = models.DateTimeField()
    noted_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")  # of one on paper

    class Meta:
        constraints = [models.UniqueConstraint(fields=["deed", "person"], name="charter_rules_accepted_once")]


class Asking(models.Model):
    """The members were asked to accept a version that came into force; once more a month later, then no more."""

    deed = models.OneToOneField(Deed, on_delete=models.PROTECT, related_name="asking")
    asked_at = models.DateTimeField()
    asked = models.PositiveIntegerField()  # copies queued
    reminded_at = models.DateTimeField(null=True)
    reminded = models.PositiveIntegerField(default=0)
