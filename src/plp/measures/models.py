"""A file about one person, the measures in it, who signed them, and an appeal (R99-R102)."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plp.mandates.grants import Role
from plp.mandates.models import Mandate
from plp.measures.ladders import LADDERS, OFFICE, OFFICES, Ladder, Rung
from plp.measures.states import Appealing, MeasureGround, MeasureState, MeasureStep
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.toolbox.crypto import SealedText
from plp.toolbox.ids import new_random_id

SLOTS = [(role.value, role.label) for role in OFFICES]


class File(models.Model):
    """About one member or coordinator. ``words`` and ``words_at`` are those of 0.2.0, for whoever goes back to it: they
    stand in ``OwnWords`` now, and go one release later (ADR 40).
    """

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="measure_files")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="measure_files")
    ladder = models.CharField(max_length=12, choices=[(ladder.key, ladder.title) for ladder in LADDERS.values()])
    words = SealedText(blank=True)
    words_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "person"], condition=Q(closed_at=None), name="measures_one_open_file"
            ),
        ]

    @property
    def steps(self) -> Ladder:
        """The ladder on which this file climbs."""
        return LADDERS[self.ladder]

    @property
    def office(self) -> str:
        """In which quality the file is about somebody: a member, a coordinator, or a deputy as they were then."""
        held = Mandate.objects.filter(
            person=self.person_id, area=self.partnership.area_id, starts_at__lte=self.opened_at
        ).filter(Q(ends_at=None) | Q(ends_at__gt=self.opened_at))
        roles = {*held.values_list("role", flat=True)} if self.ladder == OFFICE.key else set()
        is_deputy = Role.DEPUTY in roles and Role.COORDINATOR not in roles
        return str(Role.DEPUTY.label if is_deputy else self.get_ladder_display())


WAITS = Q(passed_on_at=None, held_back_at=None)


class OwnWords(models.Model):
    """What the person concerned says for themselves, as they sent it: never changed, one after the other.

    Where a neighbour decides, it waits for the police, who pass it on or keep it to themselves (ADR 85).
    """

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    file = models.ForeignKey(File, on_delete=models.CASCADE, related_name="own_words")
    words = SealedText()
    written_at = models.DateTimeField()
    passed_on_at = models.DateTimeField(null=True)
    held_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("written_at", "pk")
        constraints = [models.UniqueConstraint(fields=["file"], condition=WAITS, name="measures_one_waits")]

    @property
    def is_waiting_for_police(self) -> bool:
        """Whether the police did not read it yet."""
        return self.passed_on_at is None and self.held_back_at is None


class Measure(models.Model):
    """One step that was proposed or taken. A talk is noted when it was held, with its day and whether they came."""

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    file = models.ForeignKey(File, on_delete=models.CASCADE, related_name="measures")
    step = models.CharField(max_length=10, choices=MeasureStep)
    state = models.CharField(max_length=10, choices=MeasureState, default=MeasureState.PROPOSED)
    grounds = models.JSONField(default=list)  # keys of ``MeasureGround``
    happened_on = models.DateField(null=True)  # the day of the facts, or of the talk
    came = models.BooleanField(null=True)  # to the talk
    proposed_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    proposed_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")  # who dropped, lifted
    copied_on = models.DateField(null=True)  # the day the copy went to the FPS Interior (R100)
    fingerprint = models.CharField(max_length=64, blank=True)  # of what is signed

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file"], condition=Q(state="proposed"), name="measures_one_proposed"),
            models.UniqueConstraint(
                fields=["file", "step"],
                condition=Q(state="taken", step__in=["suspension", "exclusion"]),
                name="measures_one_in_force",
            ),
        ]

    @property
    def rung(self) -> Rung:
        """Its rung on the ladder of its file."""
        return self.file.steps.rung(self.step)

    @property
    def reasons(self) -> list[Any]:
        """Its grounds in words."""
        return [MeasureGround(key).label for key in self.grounds]


class Signature(models.Model):
    """An office signed a measure, with fresh proof of who they are. Once an office."""

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="signatures")
    slot = models.CharField(max_length=20, choices=SLOTS)
    name = SealedText()  # as it stands under the letter
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    fingerprint = models.CharField(max_length=64)
    proven_at = models.DateTimeField()
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["measure", "slot"], name="measures_signature_once")]


class Appeal(models.Model):
    """An appeal against a final removal, sent by registered letter or e-mail (R101), and what was decided."""

    class Way(models.TextChoices):
        LETTER = "letter", _("registered letter")
        EMAIL = "email", _("e-mail")

    measure = models.OneToOneField(Measure, on_delete=models.CASCADE, primary_key=True, related_name="appeal")
    way = models.CharField(max_length=8, choices=Way)
    sent_on = models.DateField()
    state = models.CharField(max_length=8, choices=Appealing, default=Appealing.OPEN)
    noted_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    noted_at = models.DateTimeField()
    decided_name = SealedText(blank=True)
    decided_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
