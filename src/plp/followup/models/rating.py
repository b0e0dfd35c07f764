"""What the police think of an exchange: how one message travelled, or how a period went (R56, R57)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from plp.notices.models import Notice
from plp.partnership.models import Partnership
from plp.people.models import LANGUAGE_CHOICES, Person
from plp.toolbox.crypto import SealedText
from plp.toolbox.ids import new_random_id


class Rating(models.Model):
    """Quality and speed of an exchange in four grades, with words. About ``notice``, or else about a period.

    It judges the exchange and no person; the coordinator reads it and may answer once.
    """

    class Grade(models.IntegerChoices):
        """A short scale without a middle."""

        POOR = 1, _("did not work")
        WEAK = 2, _("could be better")
        GOOD = 3, _("worked well")
        BEST = 4, _("worked very well")

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="ratings")
    notice = models.OneToOneField(Notice, on_delete=models.CASCADE, null=True, related_name="rating")
    begins = models.DateField(null=True)
    until = models.DateField(null=True)
    quality = models.PositiveSmallIntegerField(choices=Grade)
    timeliness = models.PositiveSmallIntegerField(choices=Grade)
    language = models.CharField(max_length=2, choices=LANGUAGE_CHOICES)
    words = SealedText(blank=True)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    answer = SealedText(blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(notice__isnull=False, begins=None, until=None)
                | Q(notice=None, begins__isnull=False, until__gte=F("begins")),
                name="followup_rating_about_one_thing",
            ),
            models.UniqueConstraint(
                fields=["partnership", "begins", "until"], condition=Q(notice=None), name="followup_period_rated_once"
            ),
        ]
        indexes = [models.Index(fields=["partnership", "at"])]
