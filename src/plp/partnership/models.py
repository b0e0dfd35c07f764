"""The partnership: PLP, PLP for the self-employed, or sectoral (R33), and who belongs to it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from plp.partnership.states import Belonging, State
from plp.people.models import Person
from plp.places.models import Area
from plp.toolbox.ids import new_id


class Partnership(models.Model):
    """A local prevention partnership over one quarter."""

    class Kind(models.TextChoices):
        CITIZENS = "plp", _("local prevention partnership")
        TRADERS = "plp_i", _("partnership of the self-employed")
        SECTORAL = "sectoral", _("sectoral partnership")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.SlugField(max_length=60, unique=True)  # in public addresses: "haren"
    kind = models.CharField(max_length=10, choices=Kind)
    area = models.OneToOneField(Area, on_delete=models.PROTECT, related_name="partnership")
    state = models.CharField(max_length=12, choices=State, default=State.IDEA)
    languages = models.JSONField(default=list)  # of the area, the first is used when a text lacks the member's own
    purpose = models.JSONField(default=dict)  # per language, public (R3)
    contact_email = models.EmailField(blank=True)  # functional address of the coordinator, public (R42, never private)
    contact_phone = models.CharField(max_length=20, blank=True)  # public number of the police desk
    founded_at = models.DateTimeField()
    launched_at = models.DateTimeField(null=True)

    def name(self, language: str) -> str:
        """The name of the quarter in ``language``."""
        return self.area.name(language)


class Membership(models.Model):
    """A person in a partnership. Nothing here says why, with whom or from where they come (R63)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    state = models.CharField(max_length=10, choices=Belonging, default=Belonging.PENDING)
    asked_at = models.DateTimeField()
    joined_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "person"],
                condition=models.Q(state__in=["pending", "active"]),
                name="partnership_member_once",
            ),
        ]
        indexes = [models.Index(fields=["partnership", "state"])]
