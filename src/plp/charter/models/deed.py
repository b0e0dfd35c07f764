"""The deeds of a partnership: its local charter and its internal rules, each in versions (R90, R98, R103)."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plp.charter.models.money import FinancingPlan
from plp.charter.models.plan import CommunicationPlan
from plp.charter.states import DeedState
from plp.partnership.models import Partnership
from plp.toolbox.ids import new_random_id

CIRCULAR_ON = date(2022, 10, 5)  # the circular in force when this was written; each deed keeps its own (R31)


class Deed(models.Model):
    """One version of the charter or of the internal rules. What is signed never changes: triggers refuse it.

    The charter is signed with its annexes: ``plan``, ``financing`` and ``rules`` are those that were frozen with it,
    and ``contacts_digest`` is that of the partners' contact details on that day.
    """

    class Kind(models.TextChoices):
        CHARTER = "charter", _("local charter")
        RULES = "rules", _("internal rules")

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="deeds")
    kind = models.CharField(max_length=10, choices=Kind)
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=DeedState, default=DeedState.DRAFT)
    languages = models.JSONField(default=list)
    circular_on = models.DateField(default=CIRCULAR_ON)  # date of the ministerial circular it was made under (R31)
    drafted_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True)
    frozen_at = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(null=True)  # of the last signature: from then on it is in force
    in_force_until = models.DateTimeField(null=True)
    order = models.JSONField(default=list)  # roles in the order in which they sign; empty: any order
    plan = models.ForeignKey(CommunicationPlan, on_delete=models.PROTECT, null=True, related_name="+")
    financing = models.ForeignKey(FinancingPlan, on_delete=models.PROTECT, null=True, related_name="+")
    rules = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="signed_with")
    contacts_digest = models.CharField(max_length=64, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)  # of the frozen files together: what is signed

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "kind", "version"], name="charter_deed_version_once"),
            models.UniqueConstraint(
                fields=["partnership", "kind"],
                condition=Q(state__in=["draft", "agreed", "signing"]),
                name="charter_one_deed_at_work",
            ),
            models.UniqueConstraint(
                fields=["partnership", "kind"], condition=Q(state="signed"), name="charter_one_deed_signed"
            ),
            models.CheckConstraint(
                condition=~Q(kind="charter")
                | Q(state__in=["draft", "agreed"])
                | (Q(plan__isnull=False) & Q(financing__isnull=False) & Q(rules__isnull=False) & ~Q(fingerprint="")),
                name="charter_signed_with_annexes",
            ),
        ]
