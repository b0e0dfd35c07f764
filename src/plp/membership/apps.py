"""The Django app of this room."""

from django.apps import AppConfig


class MembershipConfig(AppConfig):
    """Room ``membership``."""

    name = "plp.membership"
