"""The sectors of firms: a closed list, so that advice can be made for each."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sector(models.TextChoices):
    """What a firm does. Stored keys stay."""

    RETAIL = "retail", _("Shop")
    FOOD = "food", _("Restaurant, café, hotel")
    NIGHT = "night", _("Night shop")
    PHARMACY = "pharmacy", _("Pharmacy, care")
    GARAGE = "garage", _("Garage, petrol station")
    BUILDING = "building", _("Building site, workshop")
    TRANSPORT = "transport", _("Deliveries, transport")
    OFFICE = "office", _("Office, bank, other services")
