"""The file to FPS Interior and what came back (R96, R97); what a zone decided about it (R27)."""

from django.db import models
from django.db.models import Q

from plp.launch.states import Filing
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.places.models import Area
from plp.toolbox.crypto import SealedText
from plp.toolbox.ids import new_random_id


class Recognition(models.Model):
    """One file to FPS Interior: at most one a partnership is under way or validated."""

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    partnership = models.OneToOneField(Partnership, on_delete=models.PROTECT, related_name="recognition")
    state = models.CharField(max_length=10, choices=Filing, default=Filing.DRAFT)
    opened_at = models.DateTimeField()
    sent_on = models.DateField(null=True)  # of the last sending
    returned_on = models.DateField(null=True)
    remarks = models.TextField(max_length=2000, blank=True)  # of FPS Interior, when the file came back
    validated_on = models.DateField(null=True)
    reference = models.CharField(max_length=60, blank=True)  # of the validation letter
    mayor_told_on = models.DateField(null=True)  # day of the letter to the mayor (R97)
    chief_told_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=Filing.VALIDATED) | Q(validated_on__isnull=False), name="launch_validated_with_day"
            ),
        ]


class Sending(models.Model):
    """The file exactly as it left, byte for byte; its digest stands in the journal too."""

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    recognition = models.ForeignKey(Recognition, on_delete=models.PROTECT, related_name="sendings")
    sent_on = models.DateField()
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    content = SealedText()  # a zip in base64: it names those who signed
    sha256 = models.CharField(max_length=64)


class ZoneRule(models.Model):
    """What a police zone decides: whether it waits for recognition before a launch (R27), and whether the figures of
    its partnerships are open to everybody. Without a row: it waits, and nothing is open.
    """

    zone = models.OneToOneField(Area, on_delete=models.CASCADE, primary_key=True, related_name="launch_rule")
    needs_recognition = models.BooleanField(default=True)
    publishes_figures = models.BooleanField(default=False, db_default=False)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
