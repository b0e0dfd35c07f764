"""Talks with the authorities before a partnership is made (R12, R13)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.toolbox.crypto import SealedText
from plp.toolbox.ids import new_random_id


class Consultation(models.Model):
    """One talk or letter: with which authority, on which day, who was there, under which reference, what came of it."""

    class Authority(models.TextChoices):
        POLICE = "police", _("local police")
        MUNICIPALITY = "municipality", _("municipality (mayor)")
        PROSECUTOR = "prosecutor", _("public prosecutor")
        GOVERNOR = "governor", _("governor or another administrative authority")
        OTHER = "other", _("another service")

    class Outcome(models.TextChoices):
        WAITING = "waiting", _("no answer yet")
        AGREED = "agreed", _("agrees")
        NOTED = "noted", _("takes note of it")
        CONDITIONS = "conditions", _("agrees on conditions")
        AGAINST = "against", _("advises against it")

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="consultations")
    authority = models.CharField(max_length=12, choices=Authority)
    held_on = models.DateField()
    persons = SealedText()  # who was there: names and functions
    reference = models.CharField(max_length=80)  # of the letter or report
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.WAITING)
    remark = models.TextField(max_length=1000, blank=True)  # conditions, reasons
    language = models.CharField(max_length=2, blank=True, default="", db_default="")  # of the remark; "": not said
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["partnership", "held_on"])]
