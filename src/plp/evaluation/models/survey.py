"""How do the members experience it? Numbers only: no name, no address, no free text (R141).

Nothing ties an answer to a person: a code is only marked as spent, and each answer is only added to a count. The
answers of one form are not kept together.
"""

from django.db import models
from django.db.models import Q

from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.toolbox.ids import new_random_id


class Survey(models.Model):
    """The survey of a partnership: one at a time, answered until its last day. ``codes`` were made and handed out."""

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="member_surveys")
    copies = models.PositiveIntegerField()
    opened_at = models.DateTimeField()
    last_day = models.DateField()
    closed_at = models.DateTimeField(null=True)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership"], condition=Q(closed_at=None), name="evaluation_one_open_survey"
            ),
        ]


class SurveyCode(models.Model):
    """The keyed digest of one code, and whether it was spent. Says neither whose nor when nor what."""

    digest = models.CharField(max_length=64, primary_key=True)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="codes")
    spent = models.BooleanField(default=False)


class SurveyCount(models.Model):
    """How many forms of one group of a breakdown gave one answer to one question.

    ``breakdown`` is a key of ``asking.BREAKDOWNS``, ``part`` one of its parts. Breakdowns are counted each by itself:
    never crossed with another.
    """

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="counts")
    breakdown = models.CharField(max_length=10)
    part = models.CharField(max_length=10)
    question = models.CharField(max_length=12)
    answer = models.CharField(max_length=10)
    forms = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "breakdown", "part", "question", "answer"], name="evaluation_count_once"
            ),
        ]
