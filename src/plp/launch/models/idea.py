"""An idea for a partnership, from anybody (R10), and the desk of the police zone that answers it (R11)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from plp.launch.states import Hearing
from plp.partnership.models import Partnership
from plp.people.models import LANGUAGE_CHOICES, Person
from plp.places.models import Area, Street
from plp.places.typed_addresses import address_in_language
from plp.toolbox.crypto import SealedText
from plp.toolbox.ids import new_random_id


class Desk(models.Model):
    """How the public reaches a police zone about partnerships: an office, never a person."""

    zone = models.OneToOneField(Area, on_delete=models.CASCADE, primary_key=True, related_name="desk")
    office = models.CharField(max_length=120)
    telephone = models.CharField(max_length=30, blank=True)
    mail = models.EmailField(blank=True)
    website = models.URLField(blank=True)
    changed_at = models.DateTimeField()

    @property
    def office_for_reader(self) -> str:
        """The office in the active language: of a street with two names, the one that the reader uses."""
        return address_in_language(self.office, get_language() or "fr")


class Idea(models.Model):
    """Somebody would like a partnership here. Nobody gains a role by it; the words are sealed.

    The follow-up link is signed and stored nowhere. ``teller`` exists only when an e-mail address was given, so that
    the answer can go through the outbox; it is nobody's account and holds no role.
    """

    class Origin(models.TextChoices):
        RESIDENT = "resident", _("one or more residents")
        AUTHORITY = "authority", _("the municipality or another authority")
        POLICE = "police", _("the police")
        TRADERS = "traders", _("a trader or a traders' association")

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    municipality = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="ideas")
    street = models.ForeignKey(Street, on_delete=models.SET_NULL, null=True, related_name="ideas")
    street_text = models.CharField(max_length=120)  # as typed: the register of this municipality may not be here yet
    postcode = models.CharField(max_length=4)
    origin = models.CharField(max_length=10, choices=Origin)
    kind = models.CharField(max_length=10, choices=Partnership.Kind)
    words = SealedText()
    telephone = SealedText(blank=True)
    teller = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="ideas")
    language = models.CharField(max_length=2, choices=LANGUAGE_CHOICES)
    state = models.CharField(max_length=10, choices=Hearing, default=Hearing.OPEN)
    filed_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    answer = models.TextField(max_length=1000, blank=True)  # shown on the follow-up page
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, null=True, related_name="ideas")
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged")
    emptied_at = models.DateTimeField(null=True)  # when words and contact were erased (R84)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state=Hearing.OPEN) | Q(answered_at__isnull=False), name="launch_idea_answered_with_day"
            ),
            models.CheckConstraint(
                condition=~Q(state=Hearing.DECLINED) | ~Q(answer=""), name="launch_idea_declined_with_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state=Hearing.TAKEN) | Q(partnership__isnull=False), name="launch_idea_taken_into_one"
            ),
        ]
        indexes = [models.Index(fields=["municipality", "state", "filed_at"])]
