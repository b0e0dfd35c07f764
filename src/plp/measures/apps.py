"""The Django app of this room."""

from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    """Room ``measures``."""

    name = "plp.measures"
