"""Something seen, on its way to the police and to nobody else (R75, R85, R121-R123)."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plp.people.models import LANGUAGE_CHOICES, Person
from plp.places.models import Area
from plp.sightings.rules import ANSWER_WITHIN
from plp.sightings.states import State
from plp.toolbox.crypto import SealedText
from plp.toolbox.ids import new_check_code, new_random_id

KEY = "sighting"  # the key of what was seen
REPORTER_KEY = "sighting.reporter"  # the key of who reports: another one (T16)


class Sighting(models.Model):
    """What somebody saw. Every word is sealed; only kind, municipality and days are counted.

    Who reports is kept only if they say that the police may see it, and points to no person: no list can be made of
    it. The follow-up link is signed and stored nowhere.
    """

    class Kind(models.TextChoices):
        """What it is about: few words, for counting alone."""

        BEHAVIOUR = "behaviour", _("suspicious behaviour")
        VEHICLE = "vehicle", _("a suspicious vehicle")
        TRACES = "traces", _("traces of an attempt, or a mark on a house")
        DOOR = "door", _("somebody at the door with a story")
        FRAUD = "fraud", _("fraud by telephone, letter or on the internet")
        ANSWER = "answer", _("an answer to a message from the police")
        OTHER = "other", _("something else")

    class Reason(models.TextChoices):
        """Why there is no answer on the matter itself (R123)."""

        INVESTIGATION = "investigation", _("because of an investigation")
        NOTHING = "nothing", _("nothing further can be done with it")
        KNOWN = "known", _("it was already known")
        ELSEWHERE = "elsewhere", _("another service deals with it")

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    reference = models.CharField(max_length=9, default=new_check_code, unique=True)  # to name it on the telephone
    municipality = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="sightings")
    kind = models.CharField(max_length=10, choices=Kind)
    day = models.DateField()
    clock = models.TimeField(null=True)
    place = SealedText(key=KEY)
    facts = SealedText(key=KEY)  # JSON: key of ``facts.FACTS`` to what was told
    reporter_name = SealedText(blank=True, key=REPORTER_KEY)
    reporter_reach = SealedText(blank=True, key=REPORTER_KEY)
    service_sees_name = models.BooleanField(default=False, db_default=False)  # a service to which it is handed, too
    language = models.CharField(max_length=2, choices=LANGUAGE_CHOICES)
    state = models.CharField(max_length=12, choices=State, default=State.FILED)
    filed_at = models.DateTimeField()
    assigned_to = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    assigned_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)  # when everybody of the desk was last told that it waits
    read_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)  # answered, taken over or closed: from here the rule of erasing counts
    ended_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=15, choices=Reason, blank=True)
    answer = SealedText(blank=True, key=KEY)
    purged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[State.FILED, State.READ]) | Q(ended_at__isnull=False),
                name="sighting_ended_with_day",
            ),
            models.CheckConstraint(
                condition=Q(purged_at=None) | Q(state=State.PURGED), name="sighting_purged_in_its_state"
            ),
        ]
        indexes = [models.Index(fields=["municipality", "state", "filed_at"])]

    @property
    def due_at(self) -> datetime:
        """By when it is answered, taken over or closed."""
        return self.filed_at + ANSWER_WITHIN

    @property
    def is_not_ended(self) -> bool:
        """Whether the police still have to end it."""
        return self.state in {State.FILED, State.READ}


class Photo(models.Model):
    """A picture for the police alone: made anew without hidden data, sealed."""

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    sighting = models.ForeignKey(Sighting, on_delete=models.CASCADE, related_name="photos")
    position = models.PositiveSmallIntegerField()
    sealed = models.BinaryField()  # JPEG, by ``crypto.seal_bytes``

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sighting", "position"], name="sighting_photo_once")]
