"""The Django app of this room."""

from django.apps import AppConfig


class CharterConfig(AppConfig):
    """Room ``charter``."""

    name = "plp.charter"
