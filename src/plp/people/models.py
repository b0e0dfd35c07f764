"""Persons and what they agreed to. Everything that names or reaches somebody is sealed (docs/design.md#privacy)."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from plp.places.models import Area, Street
from plp.toolbox.crypto import SealedText
from plp.toolbox.ids import new_random_id
from plp.toolbox.texts import LANGUAGES

LANGUAGE_CHOICES = [(language, language) for language in LANGUAGES]
BY_LANGUAGE = "people_person_language"  # an index that who writes SQL may name


class Household(models.Model):
    """One front door: the street in clear (paper is carried street by street), the number sealed."""

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    street = models.ForeignKey(Street, on_delete=models.PROTECT, related_name="households")
    house = SealedText()  # number and box as written on the door: "12 b003"
    digest = models.CharField(max_length=64, unique=True)  # of street and house


class Person(models.Model):
    """Somebody with a part in a partnership. No birth date, no national number, no nationality: ever (R65)."""

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    name = SealedText()
    language = models.CharField(max_length=2, choices=LANGUAGE_CHOICES)
    household = models.ForeignKey(Household, on_delete=models.SET_NULL, null=True, related_name="persons")
    created_at = models.DateTimeField()
    is_new = models.BooleanField(default=False, db_default=False)  # their first steps are still shown to them

    class Meta:
        # Both in one place, in the order of the keys: who queues an audience looks up the language of every person.
        indexes = [models.Index(fields=["id", "language"], name=BY_LANGUAGE)]


class ContactPoints(models.QuerySet["ContactPoint"]):
    """Filters on ways to reach somebody."""

    def failing(self) -> models.QuerySet["ContactPoint"]:
        """Those that do not work and are not stopped: few, by an index that SQLite uses for its own words alone."""
        return self.filter(stopped_at=None).extra(where=["NOT (failure = '')"])


class ContactPoint(models.Model):
    """A way to reach a person, used only once confirmed (``confirmed_at``) and until stopped (``stopped_at``).

    ``channel`` is the key of an installed channel; ``address`` is in that channel's normal form; ``rank`` is the
    member's own order, 1 first. ``failure``: what came back from it, since ``failed_at``: then the other ones are taken
    first, until it is confirmed again.
    """

    class Failure(models.TextChoices):
        """Why a way to reach somebody does not work; empty: nothing is known against it."""

        NONE = ""
        GONE = "gone"  # no such mailbox
        FULL = "full"
        UNREACHABLE = "unreachable"  # tried for days
        UNWANTED = "unwanted"  # its reader called a message unwanted

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contacts")
    channel = models.CharField(max_length=20)
    address = SealedText()
    digest = models.CharField(max_length=64, db_index=True)
    rank = models.PositiveSmallIntegerField(default=1)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=12, choices=Failure, blank=True, default=Failure.NONE, db_default="")
    failed_at = models.DateTimeField(null=True)
    at_firm = models.BooleanField(default=False, db_default=False)  # the telephone of the shop: while it is open

    objects = ContactPoints.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "channel", "digest"], name="people_contact_once"),
        ]
        indexes = [
            models.Index(fields=["person"], condition=~models.Q(failure=""), name="people_contact_failing"),
            models.Index(  # few, however many members there are: the first page asks whether there is one
                fields=["person"],
                condition=models.Q(confirmed_at=None, stopped_at=None),
                name="people_contact_unconfirmed",
            ),
        ]


class Consent(models.Model):
    """One thing a person agreed to, dated, with the version of the text read, withdrawable at any time (R81)."""

    class Kind(models.TextChoices):
        JOINING = "joining"
        CHANNEL = "channel"  # ``subject`` is the channel's key
        POLICE_SEES_NAME = "police_sees_name"
        CONDUCT = "conduct"  # the principles: never patrol, never play police (R68)
        INTERNAL_RULES = "internal_rules"
        ADULT = "adult"  # declares to be 18 or older (R65)
        LIVES_OR_WORKS = "lives_or_works"  # declares to live or work in the area (R64)
        BUDDY = "buddy"  # somebody else receives for me, or I for them; ``subject`` is that row of ``Buddy`` (R66)

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    kind = models.CharField(max_length=20, choices=Kind)
    subject = models.CharField(max_length=40, blank=True)
    version = models.CharField(max_length=40)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "subject"],
                condition=models.Q(withdrawn_at=None),
                name="people_consent_once",
            ),
        ]


class Preference(models.Model):
    """How and when a person wants to be reached. The pause is sealed: it would tell who is away (T14).

    ``digest``: messages that are not urgent come together, at an hour of every day or of one day of the week.
    """

    class Digest(models.TextChoices):
        OFF = "", _("Each message at once")
        DAILY = "daily", _("Together, once a day")
        WEEKLY = "weekly", _("Together, once a week")

    class CallNote(models.TextChoices):
        NONE = "", _("nothing special")
        RING = "ring", _("Let it ring for a long time.")
        SLOW = "slow", _("Speak slowly and loudly.")
        BOTH = "both", _("Let it ring for a long time. Speak slowly and loudly.")

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="preference")
    quiet_from = models.TimeField(null=True)
    quiet_until = models.TimeField(null=True)
    alarm_breaks_quiet = models.BooleanField(default=False)
    paused_until = SealedText()  # ISO date and time, or empty: every row holds one, so a dump tells nothing
    digest = models.CharField(max_length=8, choices=Digest, default=Digest.OFF, blank=True)
    digest_hour = models.PositiveSmallIntegerField(default=18)  # on a Belgian clock
    digest_weekday = models.PositiveSmallIntegerField(default=4)  # 0 is Monday; of a weekly one
    large_print = models.BooleanField(default=False)  # letters in very large type (R66)
    easy_to_read = models.BooleanField(default=False, db_default=False)  # letters a sentence a line (R66)
    joins_drills = models.BooleanField(default=False, db_default=False)  # wants drills of a message, too
    shares_letters = models.BooleanField(default=False, db_default=False)  # one with the others of the same home
    call_note = SealedText(default=b"")  # a key of ``CallNote``, or as it was typed before 0.3.0
    push_declined_at = models.DateTimeField(null=True)  # offered once: whoever says no is not asked again

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(digest_hour__lte=23, digest_weekday__lte=6), name="people_digest_on_a_clock"
            ),
        ]
        indexes = [
            models.Index(
                fields=["digest", "digest_hour", "digest_weekday"],
                condition=~models.Q(digest=""),
                name="people_digest",
            ),
        ]

    @property
    def call_note_choices(self) -> list[tuple[str, Any]]:
        """What a note for callers can be: one of ``CallNote``, or the words that stand there from before 0.3.0."""
        old_words = {self.call_note} - set(self.CallNote.values)
        return [*((words, words) for words in old_words), *self.CallNote.choices]

    @property
    def call_note_in_words(self) -> str:
        """What a caller should know, in the active language; empty where there is nothing."""
        return str(dict(self.CallNote.choices).get(self.call_note, self.call_note)) if self.call_note else ""

    @property
    def needs_large_type(self) -> bool:
        """Whether papers other than the letters of a message come in large print: easy reading asks for it, too."""
        return self.large_print or self.easy_to_read


class RetentionTerm(models.Model):
    """How many days a zone lets one kind of data be kept: shorter than the house would. Keys are those of the rules."""

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="retention_terms")
    key = models.CharField(max_length=20)
    days = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "key"], name="people_retention_term_once")]


class Muted(models.Model):
    """A topic of which a person wants no messages. The rooms above say which topics there are and may be muted."""

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="muted")
    topic = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "topic"], name="people_muted_once")]
        indexes = [models.Index(fields=["topic", "person"], name="people_muted_topic")]


class Buddy(models.Model):
    """A relative or neighbour who receives a copy on behalf of somebody, by their own contacts (R66).

    Both agree: ``person`` by asking, ``helper`` by saying yes; either ends it at any time.
    """

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="helped_by")
    helper = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="helps")
    asked_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(ended_at=None), name="people_one_buddy_at_a_time"
            ),
            models.CheckConstraint(condition=~models.Q(person=models.F("helper")), name="people_buddy_is_another"),
        ]


class Code(models.Model):
    """A one-time code sent to a contact: to confirm it, or to open one's own settings (docs/security.md#codes)."""

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    contact = models.ForeignKey(ContactPoint, on_delete=models.CASCADE, related_name="codes")
    digest = models.CharField(max_length=64)
    browser = models.CharField(max_length=64)  # digest of the secret in the asking browser's session; empty: of any
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["created_at"], name="people_code_created")]  # how many wait, at each new one


class FinishedExercise(models.Model):
    """Somebody did an exercise of ``/training/``: which, and when for the last time. Nothing that they wrote in it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="exercises")
    exercise = models.CharField(max_length=20)
    finished_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "exercise"], name="people_exercise_once")]
