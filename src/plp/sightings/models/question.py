"""A question or an opinion, its answer, and what the coordinator shares of it with all members (R26, R135)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plp.partnership.models import Partnership
from plp.people.models import LANGUAGE_CHOICES, Person
from plp.sightings.states import QuestionState
from plp.toolbox.crypto import SealedText
from plp.toolbox.ids import new_random_id


class Question(models.Model):
    """To the coordinator or to the police, read by nobody else. ``asker`` is shown only if they say so.

    ``for_coordinator``: written to the coordinator and with the police still, who read it first (ADR 85).
    """

    class To(models.TextChoices):
        COORDINATOR = "coordinator", _("the coordinator")
        POLICE = "police", _("the police")

    class Kind(models.TextChoices):
        QUESTION = "question", _("a question")
        OPINION = "opinion", _("an opinion or a proposal")

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="questions")
    to = models.CharField(max_length=12, choices=To)
    for_coordinator = models.BooleanField(default=False, db_default=False)
    kind = models.CharField(max_length=10, choices=Kind)
    words = SealedText()
    asker = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="questions")  # a member
    shows_name = models.BooleanField(default=False)
    language = models.CharField(max_length=2, choices=LANGUAGE_CHOICES)
    state = models.CharField(max_length=10, choices=QuestionState, default=QuestionState.OPEN)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answer = SealedText(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state=QuestionState.OPEN) | Q(answered_at__isnull=False), name="question_answered_with_day"
            ),
        ]
        indexes = [models.Index(fields=["partnership", "to", "state", "due_at"])]

    @property
    def addressee(self) -> str:
        """Whom its writer meant."""
        return str(self.To.COORDINATOR.label if self.for_coordinator else self.get_to_display())

    @property
    def visible_asker_name(self) -> str:
        """The name of the asker, for whoever they show it to: a name for the coordinator is none for the police."""
        return self.asker.name if self.asker and self.shows_name and not self.for_coordinator else ""


class SharedAnswer(models.Model):
    """A question and its answer as the coordinator edited them for all members: without a name."""

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="shared_answers")
    question = models.OneToOneField(Question, on_delete=models.SET_NULL, null=True, related_name="shared")
    language = models.CharField(max_length=2, choices=LANGUAGE_CHOICES)
    asked = models.CharField(max_length=300)
    answered = models.CharField(max_length=1000)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["partnership", "at"])]
