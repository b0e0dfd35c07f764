"""To whom what becomes of a sighting is written, where they wished it (R123)."""

from django.db import models

from plp.sightings.models.sighting import REPORTER_KEY, Sighting
from plp.toolbox.crypto import SealedText
from plp.toolbox.ids import new_random_id


class SightingReader(models.Model):
    """Whoever left an e-mail address to hear of their report. ``reader`` is the key of a nameless person, sealed.

    No column points to them, so that no list of who reported can be made (T16); the police do not see the address.
    """

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    sighting = models.OneToOneField(Sighting, on_delete=models.CASCADE, related_name="reader")
    reader = SealedText(key=REPORTER_KEY)
