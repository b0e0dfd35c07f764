"""Mandates: who holds which role over which area, from when to when, and who decided (R32, R36, R53)."""

from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from plp.mandates.grants import Role, Task
from plp.mandates.rules import CONFIRMED_FOR
from plp.people.models import Person
from plp.places.models import Area
from plp.toolbox.clock import local
from plp.toolbox.ids import new_random_id

BY_OPERATOR, ON_APPEAL = "=operator", "=appeal"  # facts in the place of a decision, which each reads in their language
DECISION_WORDS = {
    BY_OPERATOR: _("set up by the operator of this installation"),
    ON_APPEAL: _("restored on appeal"),
}


class Mandate(models.Model):
    """One role, held by one person over one area and everything inside it.

    ``screened_on`` and ``screened_fit`` hold all that the platform may know of a screening: its day and its outcome.
    Without ``ends_at`` it lasts a year from its beginning or from when it was confirmed (ADR 68).
    """

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="mandates")
    role = models.CharField(max_length=20, choices=Role)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="mandates")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)  # the last time that somebody said: it goes on
    decided_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    decision = models.CharField(max_length=200)  # the act behind it: "designated by the chief of corps", or a fact
    screened_on = models.DateField(null=True)
    screened_fit = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at=None) | Q(ends_at__gte=F("starts_at")), name="mandate_dates"),
            models.UniqueConstraint(fields=["person", "role", "area"], condition=Q(ends_at=None), name="mandate_once"),
            models.CheckConstraint(
                condition=~Q(role__in=["coordinator", "deputy"]) | Q(screened_fit=True), name="mandate_screened"
            ),
        ]

    @property
    def decision_in_words(self) -> str:
        """The act behind it, as it was written, or a fact in the reader's language."""
        return str(DECISION_WORDS.get(self.decision, self.decision))

    @property
    def lasts_until(self) -> datetime:
        """The moment at which it is over: its own end, or a year after it was begun or confirmed."""
        return self.ends_at or (self.confirmed_at or self.starts_at) + CONFIRMED_FOR

    @property
    def last_day(self) -> date:
        """Its last day on the Belgian clock."""
        return local(self.lasts_until - timedelta(seconds=1)).date()


class Absence(models.Model):
    """A time during which a deputy holds the coordinator's tasks (R38). Seen by the two of them alone (T14)."""

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    mandate = models.ForeignKey(Mandate, on_delete=models.CASCADE, related_name="absences")
    deputy = models.ForeignKey(Mandate, on_delete=models.CASCADE, related_name="covers")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)  # when the deputy said yes; it holds before that, too

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="absence_dates"),
        ]


class Standin(models.Model):
    """A deputy holds the coordinator's tasks because a message of the police was not opened in time (R39).

    Set by the clock alone, over one matter, and ended with it. Seen by nobody beside the deputy and the coordinator.
    """

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    deputy = models.ForeignKey(Mandate, on_delete=models.CASCADE, related_name="standins")
    matter = models.UUIDField()  # the message that waits: rooms above know it
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at=None) | Q(ends_at__gte=F("starts_at")), name="standin_dates"),
            models.UniqueConstraint(fields=["deputy", "matter"], condition=Q(ends_at=None), name="standin_once"),
        ]


class Suspension(models.Model):
    """A mandate that carries nothing for a while: a measure suspends whoever holds it (R99, R100).

    Seen by those who decide on the measure alone: for everybody else the mandate is simply not in force.
    """

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    mandate = models.ForeignKey(Mandate, on_delete=models.CASCADE, related_name="suspensions")
    matter = models.UUIDField()  # the measure: the room above knows it
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at=None) | Q(ends_at__gte=F("starts_at")), name="suspension_dates"),
            models.UniqueConstraint(fields=["mandate", "matter"], condition=Q(ends_at=None), name="suspension_once"),
        ]


class Delegation(models.Model):
    """A task of the coordinator that a committee member holds, by itself, until it is taken back (R37)."""

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    mandate = models.ForeignKey(Mandate, on_delete=models.CASCADE, related_name="delegations")
    task = models.CharField(max_length=12, choices=Task)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    delegated_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at=None) | Q(ends_at__gte=F("starts_at")), name="delegation_dates"),
            models.UniqueConstraint(fields=["mandate", "task"], condition=Q(ends_at=None), name="delegation_once"),
        ]


class Rota(models.Model):
    """Who is on call in an area: officers of a police zone, coordinators of a quarter (ADR 74).

    Each day is to be manned from ``day_starts`` until ``day_ends``, the next day's where that is no later. Whoever is
    on call has ``answer_minutes`` to see to something before the next person hears of it.
    """

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    area = models.OneToOneField(Area, on_delete=models.PROTECT, related_name="rota")
    day_starts = models.TimeField()
    day_ends = models.TimeField()
    answer_minutes = models.PositiveSmallIntegerField()
    made_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    gaps_told_until = models.DateTimeField(null=True)  # as far as unmanned hours were said to whoever makes it


class Shift(models.Model):
    """Hours of a rota. Without ``person`` nobody is on call, on purpose: the whole desk is called.

    ``instead_of``: whose hours they were. ``offered_to`` was asked to take them over, ``in_return`` for those.
    """

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    rota = models.ForeignKey(Rota, on_delete=models.CASCADE, related_name="shifts")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="shifts")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(db_index=True)
    instead_of = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    offered_to = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    in_return = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="shift_times")]
        indexes = [models.Index(fields=["rota", "starts_at"])]
