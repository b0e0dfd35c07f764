"""The Django app of this room."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Room ``places``."""

    name = "plp.places"
