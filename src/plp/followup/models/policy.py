"""Policy plans, and the partnerships that carry them out (R59)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from plp.partnership.models import Partnership
from plp.people.models import LANGUAGE_CHOICES
from plp.places.models import Area
from plp.toolbox.ids import new_random_id


class PolicyPlan(models.Model):
    """A plan of the authorities: title, period, extract, and where the whole text stands."""

    class Kind(models.TextChoices):
        """What is usual in Belgium."""

        ZONAL = "zonal", _("zonal security plan")
        NATIONAL = "national", _("national security plan")
        CHARTER = "charter", _("security charter of a municipality")
        PREVENTION = "prevention", _("strategic security and prevention plan")
        OTHER = "other", _("another plan")

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="policy_plans")
    kind = models.CharField(max_length=12, choices=Kind)
    title = models.CharField(max_length=150)
    begins = models.DateField()
    until = models.DateField(null=True)
    language = models.CharField(max_length=2, choices=LANGUAGE_CHOICES)
    extract = models.TextField(max_length=2000, blank=True)
    link = models.URLField(max_length=300, blank=True)
    included_on = models.DateField(null=True)  # when the plan took the partnerships up
    partnerships = models.ManyToManyField(Partnership, related_name="policy_plans")
    struck_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("begins")), name="followup_policy_ends_after"
            ),
        ]
        indexes = [models.Index(fields=["area", "begins"])]
