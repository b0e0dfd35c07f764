"""Official alerts that were read, what became of each, and our own calamities that everybody may read (R125)."""

from django.db import models

from plp.alerts.cap.values import CATEGORIES, CERTAINTIES, SEVERITIES, URGENCIES
from plp.alerts.states import TraceOutcome
from plp.notices.models import Notice
from plp.people.models import Person
from plp.toolbox.ids import new_random_id


class Alert(models.Model):
    """An official alert that was read. Its words live in the drafts alone: here is what tells it from others."""

    class Kind(models.TextChoices):
        ALERT = "Alert"
        UPDATE = "Update"
        CANCEL = "Cancel"

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    sender = models.CharField(max_length=200)
    identifier = models.CharField(max_length=200)
    sent_at = models.DateTimeField()
    kind = models.CharField(max_length=10, choices=Kind)
    expires_at = models.DateTimeField(null=True)
    events = models.JSONField(default=list, db_default=[])  # an all-clear finds by them what it ends
    content_hash = models.CharField(max_length=64)  # of the file, for whoever asks what was read
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")  # none: the feed

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sender", "identifier", "sent_at"], name="alerts_alert_once")]


class Trace(models.Model):
    """What one alert did to one notice. ``text_hash`` tells whether somebody changed the machine's words since."""

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="traces")
    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="alert_traces")
    outcome = models.CharField(max_length=10, choices=TraceOutcome)
    text_hash = models.CharField(max_length=64, blank=True)
    settled_at = models.DateTimeField(null=True)  # of a proposal: when a human followed or refused it
    settled_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["alert", "notice"], name="alerts_trace_once")]


def _values_as_choices(words: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(word, word) for word in words]


class Publication(models.Model):
    """A calamity message that an officer opened to everybody as CAP, in the words that were released."""

    notice = models.OneToOneField(Notice, on_delete=models.PROTECT, primary_key=True, related_name="publication")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    category = models.CharField(max_length=10, choices=_values_as_choices(CATEGORIES))
    urgency = models.CharField(max_length=10, choices=_values_as_choices(URGENCIES))
    severity = models.CharField(max_length=10, choices=_values_as_choices(SEVERITIES))
    certainty = models.CharField(max_length=10, choices=_values_as_choices(CERTAINTIES))
