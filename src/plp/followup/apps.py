"""The Django app of this room."""

from django.apps import AppConfig


class FollowupConfig(AppConfig):
    """Room ``followup``."""

    name = "plp.followup"
