"""Clauses, with every version kept, what each partner agreed to, and what they propose (R91)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from plp.charter.models.deed import Deed
from plp.people.models import LANGUAGE_CHOICES, Person
from plp.toolbox.ids import new_random_id


class Party(models.TextChoices):
    """The three sides at the table; each agrees to each clause."""

    MUNICIPALITY = "municipality", _("municipality")
    POLICE = "police", _("police")
    RESIDENTS = "residents", _("members")  # of the partnership: residents, or traders


class Clause(models.Model):
    """One clause. ``titles`` and ``texts`` hold one entry per language of the deed; texts are plain Markdown."""

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    deed = models.ForeignKey(Deed, on_delete=models.CASCADE, related_name="clauses")
    key = models.CharField(max_length=30)
    position = models.PositiveSmallIntegerField()
    titles = models.JSONField(default=dict)
    texts = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["deed", "key"], name="charter_clause_once")]


class Revision(models.Model):
    """The words of a clause as they were at one time: every version is kept."""

    clause = models.ForeignKey(Clause, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    texts = models.JSONField(default=dict)
    why = models.CharField(max_length=300, blank=True)
    written_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    party = models.CharField(max_length=12, choices=Party, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["clause", "number"], name="charter_revision_once")]


class Assent(models.Model):
    """One side agreed to the clause as it stands. Taken away when the words change."""

    clause = models.ForeignKey(Clause, on_delete=models.CASCADE, related_name="assents")
    party = models.CharField(max_length=12, choices=Party)
    given_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clause", "party"], name="charter_assent_once")]


class Proposal(models.Model):
    """Other words for a clause, or a remark on it, beside the text until it is accepted or refused."""

    class Outcome(models.TextChoices):
        OPEN = "open", _("not answered yet")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("not taken over")

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    clause = models.ForeignKey(Clause, on_delete=models.CASCADE, related_name="proposals")
    language = models.CharField(max_length=2, choices=LANGUAGE_CHOICES)
    party = models.CharField(max_length=12, choices=Party)
    text = models.TextField(max_length=6000, blank=True)  # empty: a remark alone
    remark = models.CharField(max_length=600, blank=True)
    made_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.OPEN)
    answer = models.CharField(max_length=300, blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
