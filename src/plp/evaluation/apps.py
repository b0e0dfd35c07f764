"""The Django app of this room."""

from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    """Room ``evaluation``."""

    name = "plp.evaluation"
