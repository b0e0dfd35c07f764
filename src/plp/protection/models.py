"""Breaches of personal data, as the law wants them documented (GDPR art. 33(5); R86)."""

from django.db import models
from django.db.models import Q

from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.places.models import Area
from plp.protection import rules
from plp.protection.states import Cause, Risk
from plp.toolbox.crypto import SealedText
from plp.toolbox.ids import new_random_id


class Breach(models.Model):
    """What happened, whose data, who decided what, and when it was told. ``partnership``: empty if it concerns many."""

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="breaches")
    partnership = models.ForeignKey(Partnership, on_delete=models.SET_NULL, null=True, related_name="breaches")
    cause = models.CharField(max_length=20, choices=Cause)
    words = SealedText()  # what happened
    data = models.JSONField(default=list)  # keys of ``states.Data``
    persons = models.PositiveIntegerField()  # how many, as far as known
    began_at = models.DateTimeField(null=True)
    noticed_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    plain = SealedText(blank=True)  # what happened, as the letter to the persons says it
    done = SealedText(blank=True)  # against it, and so that it does not come again
    risk = models.CharField(max_length=4, choices=Risk, blank=True)  # empty: not decided yet
    reason = SealedText(blank=True)  # of that decision
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    authority_told_at = models.DateTimeField(null=True)
    late_because = SealedText(blank=True)
    persons_told_at = models.DateTimeField(null=True)
    persons_not_because = SealedText(blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(risk="") | Q(decided_at__isnull=False), name="protection_decided_when"),
            models.CheckConstraint(condition=Q(risk__in=["", *Risk.values]), name="protection_risk_known"),
        ]
        indexes = [models.Index(fields=["area", "noticed_at"])]

    def facts(self) -> rules.BreachFacts:
        """Where it stands, for the rules."""
        return rules.BreachFacts(
            noticed_at=self.noticed_at,
            risk=self.risk,
            authority_told_at=self.authority_told_at,
            persons_told_at=self.persons_told_at,
            has_reason=bool(self.persons_not_because),
            is_closed=self.closed_at is not None,
        )
