"""How a zone decides what is said (R133), what was not said (R76), and what an officer advises on a plan (R54)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from plp.charter.kinds import CHOICES
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.places.models import Area
from plp.toolbox.ids import new_random_id


class DecisionModel(models.Model):
    """What a police zone set: its rules in order, its priorities, the day of the infoflash. Without a row: ours.

    ``guidelines`` holds what ``rules.aid.Guideline.stored`` gives; ``priorities`` are keys of subjects.
    """

    zone = models.OneToOneField(Area, on_delete=models.CASCADE, primary_key=True, related_name="decision_model")
    guidelines = models.JSONField(default=list)
    priorities = models.JSONField(default=list)
    bundle_weekday = models.PositiveSmallIntegerField()  # Monday is 0
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(bundle_weekday__lte=6), name="notice_bundle_on_a_weekday")
        ]


class Withholding(models.Model):
    """How often the police decided in a month to send nothing: a count, and no fact of any case (R76)."""

    class Because(models.TextChoices):
        SECRECY = "secrecy", _("secrecy of the investigation")
        OTHER = "other", _("another reason")

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="withholdings")
    month = models.DateField()  # its first day
    because = models.CharField(max_length=8, choices=Because)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "month", "because"], name="notice_withholding_once")
        ]


class Recommendation(models.Model):
    """What an officer advises on the organisation of messages, beside the communication plan (R54).

    ``kind`` is the kind of message it is about, or empty; ``subject`` names a template it offers, or is empty.
    """

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="recommendations")
    kind = models.CharField(max_length=20, choices=CHOICES, blank=True)
    words = models.TextField(max_length=1000)
    subject = models.CharField(max_length=20, blank=True)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
