"""Why members leave: a count, and nobody."""

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from plp.partnership.models import Partnership


class LeavingCount(models.Model):
    """How many who left in a month gave one reason. Nothing ties it to a person: it is only added to."""

    class Reason(models.TextChoices):
        """The closed list; nobody is asked for words."""

        MOVED = "moved", _("I am moving away")
        MANY = "many", _("Too many messages")
        FEW = "few", _("Too few messages")
        USE = "use", _("The messages are of no use to me")
        OTHER = "other", capfirst(_("another reason"))

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    month = models.DateField()
    reason = models.CharField(max_length=6, choices=Reason)
    members = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "month", "reason"], name="evaluation_leaving_once")
        ]
