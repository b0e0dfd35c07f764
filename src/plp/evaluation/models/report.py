"""The joint report of coordinator and officer, its files and its two signatures (R60, R142)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from plp.evaluation.states import ReportState
from plp.partnership.models import Partnership
from plp.people.models import LANGUAGE_CHOICES, Person
from plp.toolbox.crypto import SealedText
from plp.toolbox.ids import new_random_id


class DueDay(models.Model):
    """The day that the partners chose for the next evaluation; without one, a year after the last."""

    partnership = models.OneToOneField(Partnership, on_delete=models.CASCADE, primary_key=True, related_name="+")
    due_on = models.DateField()


class Report(models.Model):
    """One period, from ``begins`` to ``until`` (both included), and what is said of it.

    ``words``: language to key of ``sections.SECTIONS`` to text. ``typed``: the officer's numbers by key of
    ``sections.NUMBERS``. ``figures``: what the ledger said when the report was frozen. ``version`` counts the edits.
    """

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="evaluations")
    begins = models.DateField()
    until = models.DateField()
    state = models.CharField(max_length=8, choices=ReportState, default=ReportState.DRAFT)
    languages = models.JSONField(default=list)
    words = models.JSONField(default=dict)
    typed = models.JSONField(default=dict)
    figures = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    begun_at = models.DateTimeField()
    frozen_at = models.DateTimeField(null=True)
    filed_at = models.DateTimeField(null=True)
    fingerprint = models.CharField(max_length=64, blank=True)  # of the frozen files together: what is signed

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership"], condition=~Q(state="filed"), name="evaluation_one_report_at_work"
            ),
            models.UniqueConstraint(fields=["partnership", "begins"], name="evaluation_period_once"),
            models.CheckConstraint(condition=Q(until__gte=F("begins")), name="evaluation_period_in_order"),
            models.CheckConstraint(condition=Q(state="draft") | ~Q(fingerprint=""), name="evaluation_signed_frozen"),
        ]


class ReportFile(models.Model):
    """A file as it was produced. Its bytes are sealed (base64) and never change; the journal holds its digest too.

    Only a text that is taken back before both have signed loses its files.
    """

    class Kind(models.TextChoices):
        FROZEN = "frozen", _("report as submitted for signature")
        SEALED = "sealed", _("report with the two signatures and the seal")

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="files")
    kind = models.CharField(max_length=6, choices=Kind)
    language = models.CharField(max_length=2, choices=LANGUAGE_CHOICES)
    media = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    content = SealedText()
    stored_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "kind", "language", "media"], name="evaluation_file_once"),
        ]


class Signature(models.Model):
    """Coordinator or officer signed the frozen files, with fresh proof of who they are. Once a slot."""

    class Slot(models.TextChoices):
        COORDINATOR = "coordinator", _("coordinator")
        OFFICER = "officer", _("mandated police officer")

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="signatures")
    slot = models.CharField(max_length=12, choices=Slot)
    name = SealedText()  # as it stands under the report
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    fingerprint = models.CharField(max_length=64)  # of what was signed
    proven_at = models.DateTimeField()
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "slot"], name="evaluation_signature_once")]
