"""What changed after the signature, and who was told (R95)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from plp.charter.models.deed import Deed
from plp.people.models import Person
from plp.toolbox.ids import new_random_id


class Amendment(models.Model):
    """A signed charter no longer says what holds: the partners are told at once, FPS Interior by letter, with proof."""

    class Cause(models.TextChoices):
        CONTACT = "contact", _("contact details of a partner")
        PLAN = "plan", _("communication plan")
        FINANCING = "financing", _("financing plan")
        RULES = "rules", _("internal rules")
        AREA = "area", _("area of the partnership")

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    deed = models.ForeignKey(Deed, on_delete=models.PROTECT, related_name="amendments")
    cause = models.CharField(max_length=10, choices=Cause)
    raised_at = models.DateTimeField()
    partners_told = models.PositiveIntegerField(default=0)  # copies queued
    interior_told_on = models.DateField(null=True)
    interior_reference = models.CharField(max_length=80, blank=True)
    noted_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["deed", "cause"], name="charter_amendment_once")]
