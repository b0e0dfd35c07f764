"""Is there support in the area? Numbers only: no name, no address, no free text (R17).

Nothing ties an answer to a home: a code is only marked as spent, and the answer is only added to a count (T42).
"""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from plp.launch.questionnaire import ANSWER_LABELS, OWN, QUESTION_LABELS, QUESTIONS, USUAL, answer_keys_of
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.places.models import Street
from plp.toolbox.ids import new_random_id


class Survey(models.Model):
    """The survey of a partnership: one at a time, answered until its last day, ``closed_at`` when it was closed."""

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="surveys")
    homes = models.PositiveIntegerField()  # how many codes were made: one an address of the area
    opened_at = models.DateTimeField()
    last_day = models.DateField()
    closed_at = models.DateTimeField(null=True)
    questions = models.JSONField(null=True)  # shape: list of the keys of ``questionnaire.QUESTIONS``; none: ``USUAL``
    answers = models.JSONField(null=True)  # shape: answers by question in the order of paper, where not ``QUESTIONS``
    returned_to = models.CharField(max_length=200, blank=True, default="", db_default="")  # who takes paper, and where
    own_questions = models.JSONField(null=True)  # shape: list of ``words``, ``language`` and ``others`` by language
    needed_share = models.PositiveSmallIntegerField(null=True)  # in favour, of a hundred homes that answer; set before
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership"], condition=Q(closed_at=None), name="launch_one_open_survey"),
        ]

    @property
    def asked_question_keys(self) -> tuple[str, ...]:
        """The keys of its questions, in the order of the questionnaire."""
        chosen = self.questions or USUAL
        return (*(key for key in QUESTIONS if key in chosen), *OWN[: len(self.own_questions or ())])

    def question_labels(self, language: str) -> dict[str, Any]:
        """The words of each question, ordered as ``asked_question_keys``; an own one in ``language``, else as typed."""
        own = [question["others"].get(language) or question["words"] for question in self.own_questions or ()]
        worded = {**QUESTION_LABELS, **dict(zip(OWN, own, strict=False))}
        return {key: worded[key] for key in self.asked_question_keys}

    def answer_keys(self, question: str) -> tuple[str, ...]:
        """The keys of the answers to ``question``, in the order of this survey's paper and screen."""
        return tuple((self.answers or {}).get(question) or answer_keys_of(question))

    def answer_choices(self, question: str) -> list[tuple[str, Any]]:
        """Key and words of each answer to ``question``, ordered as ``answer_keys``."""
        return [(key, ANSWER_LABELS[key]) for key in self.answer_keys(question)]


class SurveyCode(models.Model):
    """The keyed digest of one home's code, and whether it was spent. Says neither which home nor when nor what."""

    digest = models.CharField(max_length=64, primary_key=True)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="codes")
    spent = models.BooleanField(default=False)


class SurveyCount(models.Model):
    """How many homes gave one answer to one question, on screen or on paper with its code."""

    class Medium(models.TextChoices):
        SCREEN = "screen", _("on screen")
        PAPER = "paper", _("on paper")

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="counts")
    question = models.CharField(max_length=10)
    answer = models.CharField(max_length=10)
    medium = models.CharField(max_length=6, choices=Medium)
    homes = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["survey", "question", "answer", "medium"], name="launch_count_once"),
        ]


class StreetCount(models.Model):
    """Paper forms of one street that came back without a code, counted by hand: support only."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="street_counts")
    street = models.ForeignKey(Street, on_delete=models.PROTECT, related_name="+")
    homes = models.PositiveIntegerField()
    yes = models.PositiveIntegerField()
    no = models.PositiveIntegerField()
    unsure = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["survey", "street"], name="launch_street_count_once"),
            models.CheckConstraint(
                condition=Q(homes=F("yes") + F("no") + F("unsure")), name="launch_street_count_adds_up"
            ),
        ]


class ShowOfHands(models.Model):
    """Support counted at a meeting, where no survey is held (R17): numbers only."""

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="shows_of_hands")
    held_on = models.DateField()
    occasion = models.CharField(max_length=120)
    yes = models.PositiveIntegerField()
    no = models.PositiveIntegerField()
    unsure = models.PositiveIntegerField()
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(yes__gt=0) | Q(no__gt=0) | Q(unsure__gt=0), name="launch_hands_raised"),
        ]
