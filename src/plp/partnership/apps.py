"""The Django app of this room."""

from django.apps import AppConfig


class PartnershipConfig(AppConfig):
    """Room ``partnership``."""

    name = "plp.partnership"
