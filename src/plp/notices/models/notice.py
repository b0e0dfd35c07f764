"""Notices: what the police say to the members of a partnership (R105-R113)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plp.charter.kinds import CHOICES
from plp.notices.states import State
from plp.partnership.models import Partnership
from plp.people.models import LANGUAGE_CHOICES, Person
from plp.toolbox.ids import new_random_id


class Notice(models.Model):
    """One message of the police to one partnership, in one or more languages."""

    class Reason(models.TextChoices):
        """Why the police send it: one of four (R109)."""

        THREAT = "threat", _("a threat")
        PHENOMENON = "phenomenon", _("a recurring problem")
        PREVENTION = "prevention", _("prevention")
        INFORMATION = "information", _("information that can be collected")

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=20, choices=CHOICES)
    reason = models.CharField(max_length=12, choices=Reason)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    author = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    official_reference = models.CharField(max_length=60, blank=True)  # of a missing-person notice (R125)
    keeps_secrecy = models.BooleanField(default=False)  # the officer ticked: the investigation is not harmed (R76)
    prosecutor_consulted_on = models.DateField(null=True)  # R77
    answers = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="answered_by")
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="corrected_by")
    lead = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="copies")  # a copy's (R120)
    gathered_at = models.DateTimeField(null=True)  # for the next infoflash (R134)
    bundles = models.ManyToManyField("self", symmetrical=False, related_name="items")  # the infoflashes it went into
    submitted_at = models.DateTimeField(null=True)
    text_hash = models.CharField(max_length=64, blank=True)  # of the texts as submitted
    relayed_at = models.DateTimeField(null=True)
    retracted_at = models.DateTimeField(null=True)
    returned_because = models.CharField(max_length=300, blank=True)
    send_at = models.DateTimeField(null=True)  # not before; empty: at once
    # Whoever joins while the message is valid gets it, too; not what a process of 0.2 writes during an upgrade.
    reaches_newcomers = models.BooleanField(default=True, db_default=False)
    target_area = models.JSONField(null=True)  # the part of the quarter it goes to; empty: everybody
    answer_by = models.DateField(null=True)  # the last day on which answers are asked for
    composition = models.JSONField(null=True)  # the choice of sentences that its words came from, if they did

    class Meta:
        indexes = [
            models.Index(fields=["partnership", "state", "created_at"]),
            models.Index(fields=["id"], condition=Q(state="released"), name="notice_released"),  # few, for a while
            # Few answer or correct another: SQLite passes over an index in which nearly every row is empty.
            models.Index(fields=["answers"], condition=Q(answers__isnull=False), name="notice_answered"),
            models.Index(fields=["corrects"], condition=Q(corrects__isnull=False), name="notice_corrected"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["lead", "partnership"], name="notice_copy_once"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "dropped"]) | ~Q(text_hash=""), name="notice_hash_once_submitted"
            ),
        ]


class NoticeText(models.Model):
    """The words of a notice in one language. ``core`` alone is the SMS; with ``more`` it is the mail (R117).

    ``easy`` is the whole message in easy language, where it was composed of sentences; else empty (ADR 61).
    """

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=2, choices=LANGUAGE_CHOICES)
    title = models.CharField(max_length=100)
    core = models.TextField(max_length=480)
    more = models.TextField(max_length=4000, blank=True)
    easy = models.TextField(max_length=4000, blank=True, default="", db_default="")
    written_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "language"], name="notice_text_once")]


class NoticeWriter(models.Model):
    """Whoever wrote some of a notice, here or in what went into it, in any language: they do not release it (T1).

    A row is never taken back: a sentence that somebody else polished, or put into another language, still has its first
    writer. ``NoticeText.written_by`` tells who wrote last: kept for processes of 0.2 that still run during an upgrade.
    """

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="writers")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "person"], name="notice_writer_once")]


class Override(models.Model):
    """An officer let a finding of the message check pass, with a reason (R73). Bound to the exact words."""

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="overrides")
    language = models.CharField(max_length=2, choices=LANGUAGE_CHOICES)
    rule = models.CharField(max_length=30)
    excerpt_hash = models.CharField(max_length=64)
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "language", "rule", "excerpt_hash"], name="notice_override_once"),
        ]


class Release(models.Model):
    """The second person let the exact text go, with fresh proof of who they are (T1, T43)."""

    notice = models.OneToOneField(Notice, on_delete=models.PROTECT, primary_key=True, related_name="release")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    proven_at = models.DateTimeField()
    text_hash = models.CharField(max_length=64)


class Relay(models.Model):
    """The passing on to the members: by whom, when, and as which message of the outbox."""

    notice = models.OneToOneField(Notice, on_delete=models.PROTECT, primary_key=True, related_name="relay")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    is_direct = models.BooleanField(default=False)  # by the plan, without the coordinator (R106)
    at = models.DateTimeField()
    message = models.OneToOneField("delivery.Message", on_delete=models.PROTECT, related_name="+")
    audience = models.PositiveIntegerField()


class Reading(models.Model):
    """A coordinator saw a released notice, and acknowledged it (R51)."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="readings")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "person"], name="notice_reading_once")]
