"""The partnership: PLP, PLP for the self-employed, or sectoral (R33), and who belongs to it."""

from collections.abc import Sequence

from django.db import models
from django.utils.translation import gettext_lazy as _

from plp.partnership.common_sentences import translations_of
from plp.partnership.states import State
from plp.partnership.translations import TranslatedRow
from plp.places.models import Area
from plp.toolbox.ids import new_random_id


class Partnership(models.Model):
    """A local prevention partnership over one quarter."""

    class Kind(models.TextChoices):
        CITIZENS = "plp", _("local prevention partnership")
        TRADERS = "plp_i", _("partnership of the self-employed")
        SECTORAL = "sectoral", _("sectoral partnership")

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    key = models.SlugField(max_length=60, unique=True)  # in public addresses: "haren"
    kind = models.CharField(max_length=10, choices=Kind)
    area = models.OneToOneField(Area, on_delete=models.PROTECT, related_name="partnership")
    state = models.CharField(max_length=12, choices=State, default=State.IDEA)
    languages = models.JSONField(default=list)  # of the area, the first is used when a text lacks the member's own
    purpose = models.JSONField(default=dict)  # per language, public (R3)
    contact_email = models.EmailField(blank=True)  # functional address of the coordinator, public (R42, never private)
    contact_phone = models.CharField(max_length=20, blank=True)  # public number of the police desk
    is_on_map = models.BooleanField(default=True, db_default=True)  # on the public map of all partnerships
    founded_at = models.DateTimeField()
    launched_at = models.DateTimeField(null=True)

    @property
    def is_of_businesses(self) -> bool:
        """Whether who works there belongs to it, in any trade or in one sector; no partnership of residents."""
        return self.kind != self.Kind.CITIZENS

    def name(self, language: str | None = None) -> str:
        """The name of the quarter in ``language``, without one in that of the page."""
        return self.area.name(language)


class Statement(TranslatedRow):
    """A motive, an expectation or an objective of one party, before the evening and on into the charter (R14)."""

    class Party(models.TextChoices):
        RESIDENTS = "residents", _("residents")
        TRADERS = "traders", _("traders and self-employed")
        POLICE = "police", _("local police")
        MUNICIPALITY = "municipality", _("municipality")

    class Kind(models.TextChoices):
        MOTIVE = "motive", _("reason")
        EXPECTATION = "expectation", _("expectation")
        OBJECTIVE = "objective", _("objective")

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="statements")
    party = models.CharField(max_length=12, choices=Party)
    kind = models.CharField(max_length=12, choices=Kind)
    text = models.CharField(max_length=500)
    language = models.CharField(max_length=2)
    position = models.PositiveSmallIntegerField()
    written_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["partnership", "party", "kind", "position"])]

    def text_language(self, field_name: str, spoken: Sequence[str]) -> str:  # noqa: ARG002 - one signature for every row
        """The language in which the party said it."""
        return self.language

    def other_translations(self, field_name: str) -> dict[str, str]:
        """What was typed, else those of the common sentence that the words are."""
        return translations_of(self.kind, self.text, self.language) | super().other_translations(field_name)
