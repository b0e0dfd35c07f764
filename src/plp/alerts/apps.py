"""The Django app of this room."""

from django.apps import AppConfig


class AlertsConfig(AppConfig):
    """Room ``alerts``."""

    name = "plp.alerts"
