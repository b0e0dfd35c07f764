"""The financing plan: what it costs, who pays, what if the support stops (R144-R146)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plp.charter.states import FinancingState
from plp.partnership.models import Partnership
from plp.partnership.translations import TranslatedRow
from plp.toolbox.ids import new_random_id


class FinancingPlan(TranslatedRow):
    """One version of the financing plan. A contribution is optional, always: no column could make it a condition."""

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="financing_plans")
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=FinancingState, default=FinancingState.DRAFT)
    costs_nothing = models.BooleanField(default=False)
    contribution = models.DecimalField(max_digits=6, decimal_places=2, null=True)  # euro a member a year, optional
    members_expected = models.PositiveIntegerField(null=True)
    alternative = models.TextField(max_length=1000, blank=True)  # what if a support ends
    insurer = models.CharField(max_length=120, blank=True)
    insured = models.CharField(max_length=200, blank=True)
    insured_until = models.DateField(null=True)
    uninsured_because = models.CharField(max_length=200, blank=True)
    written_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "version"], name="charter_financing_version_once"),
            models.UniqueConstraint(
                fields=["partnership"], condition=Q(state="draft"), name="charter_one_financing_draft"
            ),
            models.UniqueConstraint(
                fields=["partnership"], condition=Q(state="settled"), name="charter_one_financing_settled"
            ),
        ]


class CostLine(TranslatedRow):
    """One cost a year, who bears it, and until when that is promised."""

    class Kind(models.TextChoices):
        BASE = "base", _("running cost (day to day)")
        EXTRA = "extra", _("extra cost (activities, magazine)")

    class Payer(models.TextChoices):
        MUNICIPALITY = "municipality", _("municipality")
        ZONE = "zone", _("police zone")
        MEMBERS = "members", _("members, by a voluntary contribution")
        OTHER = "other", _("somebody else")

    plan = models.ForeignKey(FinancingPlan, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=6, choices=Kind)
    what = models.CharField(max_length=120)
    yearly = models.DecimalField(max_digits=9, decimal_places=2)
    payer = models.CharField(max_length=14, choices=Payer)
    paid_until = models.DateField(null=True)  # empty: without end

    class Meta:
        ordering = ["position", "pk"]
