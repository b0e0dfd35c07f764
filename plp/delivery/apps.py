"""The Django app of this room."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """Room ``delivery``."""

    name = "plp.delivery"
