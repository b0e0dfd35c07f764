"""The Django app of this room."""

from django.apps import AppConfig


class SightingsConfig(AppConfig):
    """Room ``sightings``."""

    name = "plp.sightings"
