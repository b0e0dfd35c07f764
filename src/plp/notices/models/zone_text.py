"""Sentences and templates that a police zone adds to the catalogue (ADR 61)."""

from django.db import models

from plp.people.models import Person
from plp.places.models import Area
from plp.toolbox.ids import new_random_id
from plp.wording.catalogue.own_sentences import PREFIX, own_sentence
from plp.wording.catalogue.reader import CatalogueSentence


class ZoneText(models.Model):
    """One version of a sentence or template of a zone. Its words never change: a new version is a new row.

    ``key`` is that of all its versions. ``texts`` holds by language the words of a sentence, with slots, or the title
    of a template. ``situation`` is where it is offered; a sentence with none is offered everywhere. ``sentences`` are
    the keys with which a template begins. It is in use from its release by a second person until it is withdrawn.
    """

    class Form(models.TextChoices):
        SENTENCE = "sentence"
        TEMPLATE = "template"

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    zone = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="zone_texts")
    key = models.UUIDField(default=new_random_id)
    version = models.PositiveSmallIntegerField(default=1)
    form = models.CharField(max_length=10, choices=Form)
    situation = models.CharField(max_length=20, blank=True)
    texts = models.JSONField()
    core = models.BooleanField(default=False)
    sentences = models.JSONField(default=list)
    written_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField()
    released_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    released_at = models.DateTimeField(null=True)
    proposed_at = models.DateTimeField(null=True)  # to other zones
    withdrawn_at = models.DateTimeField(null=True)
    adopted_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="adopted_by")

    class Meta:
        indexes = [models.Index(fields=["zone", "withdrawn_at"])]
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="notice_zone_text_version_once")]

    @property
    def sentence_key(self) -> str:
        """How a composition names it, whatever its version."""
        return f"{PREFIX}{self.key.hex}"

    def sentence(self) -> CatalogueSentence:
        """It as a sentence of the catalogue."""
        return own_sentence(self.sentence_key, self.texts, core=self.core)
