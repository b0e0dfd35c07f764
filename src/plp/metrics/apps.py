"""The Django app of this room."""

from django.apps import AppConfig


class MetricsConfig(AppConfig):
    """Room ``metrics``."""

    name = "plp.metrics"
