"""The communication plan as data (R104): the only place that decides how a message travels."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plp.charter.kinds import CHOICES, Office
from plp.charter.rules.plan import SILENCE_DAYS
from plp.charter.states import PlanState
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.toolbox.ids import new_random_id


class CommunicationPlan(models.Model):
    """One version of a partnership's communication plan. At most one is in force.

    ``silence_days``: a partnership that hears nothing for so long is told, and so are the police (R130).
    ``takes_supralocal``: whether the police of other zones may offer a message, which the police here take over or
    refuse (R120). ``answers_to`` is kept for processes of 0.2 that still run during an upgrade: the kinds and rows say
    it (R127).
    """

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="plans")
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=PlanState, default=PlanState.DRAFT)
    written_at = models.DateTimeField()
    silence_days = models.PositiveSmallIntegerField(default=SILENCE_DAYS)
    answers_to = models.CharField(max_length=12, choices=Office, default=Office.COORDINATOR)
    takes_supralocal = models.BooleanField(default=True, db_default=True)
    partnership_agreed_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    police_agreed_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    in_force_from = models.DateTimeField(null=True)
    in_force_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "version"], name="charter_plan_version_once"),
            models.UniqueConstraint(
                fields=["partnership"], condition=Q(state="in_force"), name="charter_one_plan_in_force"
            ),
        ]


class PlanRule(models.Model):
    """How messages of one kind travel: route, roles, channels in fall-back order, life, feedback."""

    class Route(models.TextChoices):
        COORDINATOR = "coordinator", _("through the coordinator")
        DIRECT = "direct", _("directly to the members")

    plan = models.ForeignKey(CommunicationPlan, on_delete=models.CASCADE, related_name="rules")
    kind = models.CharField(max_length=20, choices=CHOICES)
    route = models.CharField(max_length=12, choices=Route, default=Route.COORDINATOR)
    writers = models.JSONField(default=list)  # roles; each must also hold the permission (R62: the charter narrows)
    releasers = models.JSONField(default=list)
    relayers = models.JSONField(default=list)
    channels = models.JSONField(default=list)  # keys in fall-back order
    hours_from = models.TimeField(null=True)  # not relayed before; alarms have no hours
    hours_until = models.TimeField(null=True)
    expiry_minutes = models.PositiveIntegerField(null=True)
    feedback_hours = models.PositiveIntegerField(null=True)
    release_minutes = models.PositiveIntegerField(null=True)  # without a release, then the chief; empty: as proposed
    relay_minutes = models.PositiveIntegerField(null=True)  # without a relay, then the next in line; empty: as proposed
    required_languages = models.JSONField(null=True)  # in which it is written before it leaves; empty: one is enough
    answers_narrowed = models.BooleanField(default=False, db_default=False)  # the police alone read answers (R127)
    acknowledged = models.BooleanField(default=False, db_default=False)  # members say that they read it

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "kind"], name="charter_rule_once")]
