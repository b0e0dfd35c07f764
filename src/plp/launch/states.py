"""What the recognition file can be (R96)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from plp.toolbox.moves import Moves


class Filing(models.TextChoices):
    """The way of the file to FPS Interior and back."""

    DRAFT = "draft", _("being prepared")
    SENT = "sent", _("sent to FPS Interior")
    RETURNED = "returned", _("returned with remarks")
    VALIDATED = "validated", _("validated")


FILING = Moves(
    Filing,
    start=Filing.DRAFT,
    table={
        Filing.DRAFT: (Filing.SENT,),
        Filing.SENT: (Filing.RETURNED, Filing.VALIDATED),
        Filing.RETURNED: (Filing.SENT,),
        Filing.VALIDATED: (),
    },
)
