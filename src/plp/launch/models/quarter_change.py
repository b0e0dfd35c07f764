"""A quarter is split, merged into another, or gives it streets (ADR 72)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from plp.launch.states import QuarterState
from plp.membership.models import Membership
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.toolbox.ids import new_random_id


class QuarterChange(models.Model):
    """One change: what goes from ``partnership`` to ``other``, on which day, and how it was before.

    ``parts``: streets that go, as ``{"street", "side", "first", "last"}``; of a merger all do. ``other`` of a split is
    ``None`` until its day; ``key`` and ``names`` (language to name) are those of the new quarter. ``roles``: mandate to
    ``goes`` or ``ends``; whoever is not named stays. ``before``: rows as they were, for a day.
    """

    class Kind(models.TextChoices):
        SPLIT = "split", _("Split it in two")
        MERGE = "merge", _("Merge it into a neighbour")
        REDRAW = "redraw", _("Give streets to a neighbour")

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="quarter_changes")
    other = models.ForeignKey(Partnership, on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    key = models.SlugField(max_length=60, blank=True)
    names = models.JSONField(default=dict)
    parts = models.JSONField(default=list)
    roles = models.JSONField(default=dict)
    reason = models.CharField(max_length=300)
    day = models.DateField()
    state = models.CharField(max_length=10, choices=QuarterState, default=QuarterState.DRAFT)
    prepared_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    prepared_at = models.DateTimeField()
    released_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    told_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    before = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership"],
                condition=models.Q(state__in=["draft", "told"]),
                name="launch_one_change_at_a_time",
            ),
        ]


class QuarterChangeMember(models.Model):
    """Somebody who was told that their membership goes along, and what they said to it. Silence: it goes."""

    class Answer(models.TextChoices):
        NONE = "", _("no objection")
        STAYS = "stays", _("does not go along")
        ASKS = "asks", _("asks the coordinator")

    change = models.ForeignKey(QuarterChange, on_delete=models.CASCADE, related_name="members")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    told_at = models.DateTimeField()
    answer = models.CharField(max_length=6, choices=Answer, blank=True, default=Answer.NONE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["change", "membership"], name="launch_change_told_once")]
