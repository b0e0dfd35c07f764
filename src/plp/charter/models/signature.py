"""Signatures, and the files that were signed, kept byte for byte (R93)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from plp.charter.models.deed import Deed
from plp.charter.models.partner import SLOT_NAMES
from plp.partnership.translations import TranslatedRow
from plp.people.models import LANGUAGE_CHOICES, Person
from plp.toolbox.crypto import SealedText
from plp.toolbox.ids import new_random_id


class StoredFile(models.Model):
    """A file as it was produced or handed in. Its bytes are sealed (base64), never changed and never deleted.

    ``sha256`` is that of the bytes; the journal holds it too, so that a change here is seen there.
    """

    class Kind(models.TextChoices):
        FROZEN = "frozen", _("text as submitted for signature")
        SCAN = "scan", _("scan of a signature on paper")
        RECORD = "record", _("record of signatures")
        SEALED = "sealed", _("signed text with the seal")

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    deed = models.ForeignKey(Deed, on_delete=models.PROTECT, related_name="files")
    kind = models.CharField(max_length=8, choices=Kind)
    language = models.CharField(max_length=2, choices=LANGUAGE_CHOICES, blank=True)
    media = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    content = SealedText()
    stored_at = models.DateTimeField()


class Signature(TranslatedRow):
    """One of the four signed: in the portal, or on paper with a scan and a witness. Once per slot."""

    class Way(models.TextChoices):
        PORTAL = "portal", _("in the portal, with proof of identity")
        SCAN = "scan", _("on paper, with a witness")

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    deed = models.ForeignKey(Deed, on_delete=models.PROTECT, related_name="signatures")
    slot = models.CharField(max_length=20, choices=list(SLOT_NAMES.items()))
    way = models.CharField(max_length=6, choices=Way)
    name = SealedText()  # as written under the text
    quality = models.CharField(max_length=120)
    signed_on = models.DateField()
    fingerprint = models.CharField(max_length=64)  # of what was signed
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    witness = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    scan = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    proven_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["deed", "slot"], name="charter_signature_once"),
            models.CheckConstraint(
                condition=models.Q(way="portal", proven_at__isnull=False, scan=None)
                | models.Q(way="scan", scan__isnull=False),
                name="charter_signature_proven",
            ),
        ]
