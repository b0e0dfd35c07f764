"""A meeting: when and where, its agenda, who was invited and came, what was agreed, its minutes."""

from collections.abc import Sequence

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from plp.evening.states import SEVEN, MeetingState, PointKind, Purpose
from plp.partnership.models import Partnership
from plp.partnership.translations import TranslatedRow
from plp.people.models import LANGUAGE_CHOICES
from plp.places.models import Street
from plp.places.typed_addresses import address_in_language, typed_name_in_language
from plp.toolbox.crypto import SealedText
from plp.toolbox.ids import new_check_code, new_random_id
from plp.toolbox.texts import LANGUAGES


def voters_choices(kind: str) -> list[tuple[str, str]]:
    """How votes are counted, in the active language: in a partnership of businesses each of them has a vote."""
    home = Meeting.Voters.HOUSEHOLD.label if kind == Partnership.Kind.CITIZENS else _("one vote per business")
    return [(Meeting.Voters.PERSON, str(Meeting.Voters.PERSON.label)), (Meeting.Voters.HOUSEHOLD, str(home))]


class Meeting(TranslatedRow):
    """An information evening for everybody of the quarter, or a meeting of the members (R18, R143).

    ``token`` opens the public page: it is on every invitation, short enough to be typed, and no secret of anybody.
    ``forms`` counts the registration forms on paper that were handed in (R24). What the evening agreed on beside its
    votes: ``contribution``, euros a member a year (0: none; empty: not discussed), and the day of the launch.
    """

    class Voters(models.TextChoices):
        PERSON = "person", _("one vote per person")
        HOUSEHOLD = "household", _("one vote per household")

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="meetings")
    purpose = models.CharField(max_length=12, choices=Purpose, default=Purpose.INFORMATION)
    state = models.CharField(max_length=10, choices=MeetingState, default=MeetingState.PLANNED)
    place = models.CharField(max_length=120)
    street = models.CharField(max_length=200)
    access = models.CharField(max_length=400, blank=True)  # step-free, lift, parking, interpreter
    capacity = models.PositiveIntegerField(null=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    languages = models.JSONField(default=list)
    voters = models.CharField(max_length=10, choices=Voters, default=Voters.PERSON)
    token = models.CharField(max_length=20, unique=True, default=new_check_code, editable=False)
    current = models.PositiveSmallIntegerField(default=0)  # position of the point being treated; 0 before the first
    shown_at = models.DateTimeField(null=True)  # when it was put on the screen: a later result comes before it
    forms = models.PositiveIntegerField(default=0)
    contribution = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    launch_on = models.DateField(null=True)
    mails = models.PositiveIntegerField(default=0)
    invited_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)  # those who come were told again, the day before
    convened_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    held_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    cancelled_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="evening_ends_after")]
        indexes = [models.Index(fields=["partnership", "starts_at"])]

    def place_in(self, language: str) -> str:
        """The hall for a reader of ``language``: its own part where it was typed once in each language, ``A / B``."""
        return typed_name_in_language(self.place, language, self.languages)

    def street_in(self, language: str) -> str:
        """Street and number for a reader of ``language``, who reads of a street with two names their own."""
        return address_in_language(self.street.strip(), language)

    @property
    def hall(self) -> str:
        """The hall in the active language."""
        return self.place_in(get_language() or LANGUAGES[0])

    @property
    def where(self) -> str:
        """Hall, street and number in the active language."""
        return f"{self.hall}, {self.street_in(get_language() or LANGUAGES[0])}"

    @property
    def voters_label(self) -> str:
        """Who votes, in the words of the partnership's kind."""
        return dict(voters_choices(self.partnership.kind))[self.voters]

    @property
    def is_information(self) -> bool:
        """Whether this is the evening of the founding text, with its seven points."""
        return self.purpose == Purpose.INFORMATION


class AgendaPoint(TranslatedRow):
    """One point of the agenda: how long, ticked when treated, and what was said (R18)."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="points")
    key = models.CharField(max_length=20, choices=PointKind)
    title = models.CharField(max_length=120, blank=True)  # of a theme
    position = models.PositiveSmallIntegerField()
    duration = models.PositiveSmallIntegerField()
    ticked_at = models.DateTimeField(null=True)
    record = models.TextField(blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "key"], condition=Q(key__in=sorted(SEVEN)), name="evening_point_once"
            ),
            models.UniqueConstraint(fields=["meeting", "position"], name="evening_one_point_a_place"),
        ]

    @property
    def name(self) -> str:
        """The title in the active language; a theme has the words it was given."""
        return self.title or str(PointKind(self.key).label)

    def title_in(self, language: str, spoken: Sequence[str]) -> str:
        """The title for a reader of ``language``, in which it is said if it is ours."""
        return self.text_in("title", language, spoken) or str(PointKind(self.key).label)


class Invitation(models.Model):
    """The letters for one street: how many doors, printed, carried (R16)."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="invitations")
    street = models.ForeignKey(Street, on_delete=models.CASCADE, related_name="+")
    doors = models.PositiveIntegerField()
    printed_at = models.DateTimeField(null=True)
    carried_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "street"], name="evening_street_once")]


class Attendance(models.Model):
    """People who came, as counts. A name stands only where somebody wanted it (R24); no hour, so no order."""

    class Way(models.TextChoices):
        PAPER = "paper", _("on paper")
        SCREEN = "screen", _("on screen")

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendance")
    way = models.CharField(max_length=6, choices=Way)
    persons = models.PositiveIntegerField()
    name = SealedText()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting"], condition=Q(way="paper"), name="evening_paper_list_once")
        ]


class Decision(TranslatedRow):
    """What was agreed, who sees to it, by when (R25)."""

    class About(models.TextChoices):
        IMPLEMENTATION = "implementation", _("the start")
        ORGANISATION = "organisation", _("the organisation")
        EVALUATION = "evaluation", _("the evaluation")

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="decisions")
    about = models.CharField(max_length=15, choices=About)
    words = models.CharField(max_length=400)
    owner = SealedText()
    due = models.DateField()
    done_at = models.DateTimeField(null=True)


class Minutes(models.Model):
    """The minutes in one language. Once approved they never change: ``sha256`` is that of the text's bytes."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="minutes")
    language = models.CharField(max_length=2, choices=LANGUAGE_CHOICES)
    text = models.TextField()
    sha256 = models.CharField(max_length=64, blank=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "language"], name="evening_minutes_once")]
