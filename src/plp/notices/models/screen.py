"""What was acknowledged at the screen of a shop."""

from django.db import models

from plp.firms.models import Firm
from plp.notices.models.notice import Notice


class ScreenAcknowledgement(models.Model):
    """Somebody at the till touched "seen": once for a firm and a message. Nobody knows who, and nobody asks."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="screen_acknowledgements")
    firm = models.ForeignKey(Firm, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "firm"], name="notice_seen_at_till_once")]
