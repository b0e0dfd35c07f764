"""A test message: how many members does a message reach (R131)."""

from django.db import models

from plp.notices.models import Notice


class Trial(models.Model):
    """A notice that says nothing but that it is a test. It goes the whole way, and counts as no message."""

    notice = models.OneToOneField(Notice, on_delete=models.CASCADE, primary_key=True, related_name="trial")
    at = models.DateTimeField()
