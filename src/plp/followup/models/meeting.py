"""A meeting of coordinator and police: agenda, what was said, ideas, and who does what next (R61)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from plp.followup.states import FollowUpMeetingState
from plp.partnership.models import Partnership
from plp.people.models import LANGUAGE_CHOICES, Person
from plp.toolbox.crypto import SealedText
from plp.toolbox.ids import new_random_id


class FollowUpMeeting(models.Model):
    """Coordinator and police compare findings and plan what comes next. ``agenda`` holds one point a line.

    Once closed it never changes: ``sha256`` is that of what the minutes say, and stands in the journal.
    """

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="followup_meetings")
    state = models.CharField(max_length=10, choices=FollowUpMeetingState, default=FollowUpMeetingState.CONVENED)
    language = models.CharField(max_length=2, choices=LANGUAGE_CHOICES)
    place = models.CharField(max_length=200)
    agenda = models.TextField(max_length=1500)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    sequence = models.PositiveSmallIntegerField(default=0)  # how often it was changed: calendars follow the highest
    convened_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    convened_at = models.DateTimeField()
    present = models.PositiveSmallIntegerField(null=True)
    notes = SealedText(blank=True)
    ideas = SealedText(blank=True)
    held_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    cancelled_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="followup_meeting_ends_after"),
            models.CheckConstraint(
                condition=~Q(state=FollowUpMeetingState.CLOSED) | ~Q(sha256=""), name="followup_meeting_closed_sealed"
            ),
        ]
        indexes = [models.Index(fields=["partnership", "starts_at"])]

    @property
    def agenda_points(self) -> list[str]:
        """The agenda, point by point."""
        return self.agenda.splitlines()


class Activity(models.Model):
    """What was agreed for the time to come: whose it is, and by when. It stands on that side's desk until done."""

    class Side(models.TextChoices):
        """An office, and no person: who holds it changes."""

        COORDINATOR = "coordinator", _("the coordinator")
        POLICE = "police", _("the police")

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    meeting = models.ForeignKey(FollowUpMeeting, on_delete=models.CASCADE, related_name="activities")
    words = models.CharField(max_length=200)
    side = models.CharField(max_length=12, choices=Side)
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["side", "done_at", "due_on"])]
        ordering = ["due_on", "pk"]
