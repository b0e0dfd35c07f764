"""The Django app of this room."""

from django.apps import AppConfig


class ProtectionConfig(AppConfig):
    """Room ``protection``."""

    name = "plp.protection"
