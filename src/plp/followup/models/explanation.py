"""Why the partnership was not activated: told by the police, without details (R129)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from plp.partnership.models import Partnership
from plp.people.models import LANGUAGE_CHOICES, Person
from plp.toolbox.ids import new_random_id


class Explanation(models.Model):
    """A few words about a day on which no message came. For the coordinator, or for all members."""

    class To(models.TextChoices):
        COORDINATOR = "coordinator", _("the coordinator")
        MEMBERS = "members", _("all members")

    class Reason(models.TextChoices):
        """Why no message was sent: one of a few, so that no detail is needed."""

        SECRECY = "secrecy", _("A message could have harmed the investigation.")
        OVER = "over", _("It was over before a message could help.")
        ELSEWHERE = "elsewhere", _("It happened outside the area of the partnership.")
        UNFIT = "unfit", _("It was not the kind of incident for which the partnership exists.")
        UNCHECKED = "unchecked", _("The information could not be checked.")

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="explanations")
    to = models.CharField(max_length=12, choices=To)
    reason = models.CharField(max_length=10, choices=Reason)
    about = models.DateField()
    language = models.CharField(max_length=2, choices=LANGUAGE_CHOICES)
    words = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["partnership", "at"])]
