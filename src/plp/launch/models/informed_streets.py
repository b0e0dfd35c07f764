"""How the whole area is informed, street by street (R16)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.places.models import Street
from plp.toolbox.crypto import SealedText
from plp.toolbox.ids import new_random_id


class Informing(models.Model):
    """A street was informed by one means on a day. A word in the press has no street: it informs none by itself."""

    class Means(models.TextChoices):
        LETTER = "letter", _("letter in every letterbox")
        FOLDER = "folder", _("folder in every letterbox")
        NOTICE = "notice", _("paper notice in the street")
        PRESS = "press", _("local press or municipal paper")

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="informing")
    street = models.ForeignKey(Street, on_delete=models.PROTECT, null=True, related_name="informing")
    means = models.CharField(max_length=10, choices=Means)
    informed_on = models.DateField()
    carrier = SealedText(blank=True)  # who went round, or the title of the newspaper
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "street", "means"], name="launch_street_informed_once"),
            models.CheckConstraint(
                condition=models.Q(means="press", street=None)
                | (~models.Q(means="press") & models.Q(street__isnull=False)),
                name="launch_press_has_no_street",
            ),
        ]
