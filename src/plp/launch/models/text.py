"""The texts of the pack as a zone or a partnership words them: in versions, the newest holds."""

from django.db import models
from django.db.models import Q

from plp.partnership.models import Partnership
from plp.people.models import LANGUAGE_CHOICES, Person
from plp.places.models import Area
from plp.toolbox.ids import new_random_id


class PackText(models.Model):
    """One version of one document in one language, of a zone (for all its partnerships) or of one partnership.

    ``source`` is in the Markdown subset of ``documents``; empty means: back to the text below it (the zone's, or ours).
    A version never changes; who and when stay on file.
    """

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    zone = models.ForeignKey(Area, on_delete=models.CASCADE, null=True, related_name="pack_texts")
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, null=True, related_name="pack_texts")
    document = models.CharField(max_length=40)  # a key of launch.documents.BY_KEY
    language = models.CharField(max_length=2, choices=LANGUAGE_CHOICES)
    version = models.PositiveIntegerField()
    source = models.TextField(max_length=40_000, blank=True)
    written_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(zone__isnull=True, partnership__isnull=False)
                | Q(zone__isnull=False, partnership__isnull=True),
                name="launch_text_of_zone_or_partnership",
            ),
            models.UniqueConstraint(
                fields=["zone", "document", "language", "version"], name="launch_zone_text_version_once"
            ),
            models.UniqueConstraint(
                fields=["partnership", "document", "language", "version"], name="launch_own_text_version_once"
            ),
        ]
