"""A request for information from the coordinator to the police (R52)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plp.followup.states import RequestState
from plp.partnership.models import Partnership
from plp.people.models import LANGUAGE_CHOICES, Person
from plp.toolbox.crypto import SealedText
from plp.toolbox.ids import new_random_id


class InformationRequest(models.Model):
    """What a partnership wants to know, by when, and what the police said: an answer, or no with a reason."""

    class Reason(models.TextChoices):
        """Why the police do not answer."""

        SECRECY = "secrecy", _("The secrecy of an investigation forbids it.")
        PRIVACY = "privacy", _("The answer would tell about a person.")
        UNKNOWN = "unknown", _("The police do not know it either.")
        ELSEWHERE = "elsewhere", _("Another service answers this.")
        OTHER = "other", _("Another reason, told below.")

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="information_requests")
    asked_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    language = models.CharField(max_length=2, choices=LANGUAGE_CHOICES)
    subject = models.CharField(max_length=100)
    words = SealedText()
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.OPEN)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    reason = models.CharField(max_length=10, choices=Reason, blank=True)
    answer = SealedText(blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state=RequestState.OPEN) | Q(ended_at__isnull=False), name="followup_request_ended"
            ),
            models.CheckConstraint(
                condition=~Q(state=RequestState.REFUSED) | ~Q(reason=""), name="followup_request_refused_because"
            ),
        ]
        indexes = [models.Index(fields=["partnership", "state", "due_at"])]
