"""Votes, and the codes that open them. Read the README before changing a column here.

A code is kept as a keyed digest, tied to no person. Whether it was used stands in ``Right``, made for all codes at
once, in random order, before the first vote. What was chosen stands nowhere: a vote only changes the counts of the
urn, one sealed text of one length, sealed afresh each time. So neither the tables nor the database's own log of
changes leads from a code to a choice.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from plp.evening.models.meeting import Meeting
from plp.evening.rules import VoteCounts, VoteResult
from plp.evening.states import Voting
from plp.partnership.translations import TranslatedRow
from plp.toolbox.crypto import SealedText
from plp.toolbox.ids import new_random_id


class Question(TranslatedRow):
    """What the meeting decides. ``subject`` is the candidate's key where it is about a person (R23, R35).

    The words of a free question have their language and their sisters; a name has none.
    """

    class Kind(models.TextChoices):
        APPROVAL = "approval", _("the partnership and its objectives")
        PERSON = "person", _("a person")
        FREE = "free", _("another question")

    class Function(models.TextChoices):
        COORDINATOR = "coordinator", pgettext_lazy("office", "coordinator")
        DEPUTY = "deputy", pgettext_lazy("office", "deputy coordinator")
        COMMITTEE = "committee", _("committee member")

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="questions")
    kind = models.CharField(max_length=10, choices=Kind)
    function = models.CharField(max_length=12, choices=Function, blank=True)
    subject = models.UUIDField(null=True)
    label = SealedText()  # the candidate's name, or the words of a free question
    position = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=Voting, default=Voting.PREPARED)
    quorum = models.PositiveIntegerField(default=0)  # votes that must be cast at least
    urn = SealedText()  # counts of the votes by telephone, while open
    paper = SealedText()  # counts of the ballots on paper, while open
    papers = models.PositiveIntegerField(default=0)  # ballots on paper of which the code was taken in
    hands = SealedText()  # counts of hands, while open
    yes = models.PositiveIntegerField(null=True)
    no = models.PositiveIntegerField(null=True)
    abstain = models.PositiveIntegerField(null=True)
    closed_at = models.DateTimeField(null=True)
    is_typed = models.BooleanField(default=False, db_default=False)  # from the sheet: a slip of the pen can be mended

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="closed", yes__isnull=False, no__isnull=False, abstain__isnull=False)
                | (~Q(state="closed") & Q(yes=None, no=None, abstain=None)),
                name="evening_counted_when_closed",
            ),
            models.UniqueConstraint(fields=["meeting"], condition=Q(kind="approval"), name="evening_one_approval"),
        ]

    @property
    def title(self) -> str:
        """What is voted on, in the active language; a free question that nobody translated says which it is in."""
        if self.kind == self.Kind.APPROVAL:
            return str(self.Kind.APPROVAL.label)
        if self.kind == self.Kind.FREE:
            return self.text_in("label", get_language() or "fr", self.meeting.languages)
        return f"{self.label} ({self.Function(self.function).label})" if self.function else self.label

    def votes_so_far(self) -> VoteCounts:
        """Everything in the urn, on paper and by hands, while the vote is open."""
        return sum((VoteCounts.from_text(part) for part in (self.urn, self.paper, self.hands)), VoteCounts())

    @property
    def missing_languages_of_words(self) -> list[str]:
        """The languages of the meeting in which nobody has said a free question."""
        return self.missing_languages("label", self.meeting.languages) if self.kind == self.Kind.FREE else []

    @property
    def counts(self) -> VoteCounts | None:
        """The counts of a closed vote; ``None`` before."""
        result = self.result
        return VoteCounts(result.yes, result.no, result.abstain) if result else None

    @property
    def result(self) -> VoteResult | None:
        """What it came to; ``None`` before it is closed."""
        if self.yes is None or self.no is None or self.abstain is None:
            return None
        return VoteResult(self.yes, self.no, self.abstain, self.quorum, self.label, self.function)


class Slip(models.Model):
    """One code for one voter of a meeting; ``waits`` while it is still a link shown at the door that nobody took."""

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="slips")
    digest = models.CharField(max_length=64, unique=True)  # of the code, or of the link while it waits
    waits = models.BooleanField(default=False)


class Right(models.Model):
    """That one code may vote once on one question, and whether it has. Gone when the vote is closed.

    ``digest`` is worked out with the key from slip and question: it cannot be tied to the slip by the database alone.
    """

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="rights")
    digest = models.CharField(max_length=64, unique=True)
    used = models.BooleanField(default=False)
