"""How the papers of a police zone look: two colours, and the logos of the zone and of its municipalities."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from plp.people.models import Person
from plp.places.models import Area


class PaperLook(models.Model):
    """What a zone or a municipality gives to the papers of its partnerships. Without a row: our colours, and its name.

    Only the colours of a zone are looked at.
    """

    class Colours(models.TextChoices):  # the keys of ``documents.colours.SCHEMES``
        GREEN = "green", _("green and yellow")
        BLUE = "blue", _("blue and yellow")
        WINE = "wine", _("wine red and ochre")
        VIOLET = "violet", _("violet and ochre")
        SLATE = "slate", _("slate grey and ochre")
        BLACK = "black", _("black and grey")

    area = models.OneToOneField(Area, on_delete=models.CASCADE, primary_key=True, related_name="paper_look")
    colours = models.CharField(max_length=6, choices=Colours, default=Colours.GREEN)
    logo = models.BinaryField(null=True)  # a JPEG, made anew by the sandbox
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
