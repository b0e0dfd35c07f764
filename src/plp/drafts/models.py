"""What this room keeps."""

from django.db import models

from plp.people.models import Person
from plp.toolbox.crypto import SealedText
from plp.toolbox.ids import new_random_id


class Draft(models.Model):
    """What one person typed in one form of one page: shown to nobody else (but see ADR 49), never acted upon."""

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="drafts")
    page = models.CharField(max_length=200)  # the path of the page and, after #, the name of its form
    typed = SealedText()  # JSON: field name to list of values
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "page"], name="draft_once_a_form")]
        indexes = [models.Index(fields=["kept_at"])]
