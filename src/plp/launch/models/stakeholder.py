"""Who must know how the partnership will work, and the proof that they were told (R15)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.toolbox.crypto import SealedText
from plp.toolbox.ids import new_random_id


class Stakeholder(models.Model):
    """A service, school, shop, association ... Told once ``told_on`` is set, which needs a means and a proof."""

    class Means(models.TextChoices):
        MEETING = "meeting", _("at a meeting")
        LETTER = "letter", _("by letter")
        MAIL = "mail", _("by e-mail")
        TELEPHONE = "telephone", _("by telephone")
        FOLDER = "folder", _("with the folder")

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="stakeholders")
    who = SealedText()  # may name a contact person
    concern = models.CharField(max_length=200, blank=True)  # why they must know
    told_on = models.DateField(null=True)
    means = models.CharField(max_length=10, choices=Means, blank=True)
    proof = SealedText(blank=True)  # in words: who received it, reference
    file = models.FileField(upload_to="launch/proofs", max_length=120, blank=True)
    file_kind = models.CharField(max_length=4, blank=True)  # pdf, png, jpg: told by the content, never by a name
    file_digest = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(told_on=None) | ~Q(means=""), name="launch_told_with_means"),
        ]
        indexes = [models.Index(fields=["partnership", "at"])]
