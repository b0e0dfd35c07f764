"""What the initiator of an idea says they did (R10, R16): ticks that whoever prepares the partnership sees."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from plp.partnership.models import Partnership
from plp.toolbox.ids import new_random_id


class InitiatorAct(models.Model):
    """An act that the initiator ticked, once. It shows work that was done, and closes no step of the plan."""

    class Kind(models.TextChoices):
        LETTERS = "letters", _("The letters are in the letter boxes")
        SURVEY = "survey", _("The survey went from door to door")
        ROOM = "room", _("A room is reserved")
        VOLUNTEERS = "volunteers", _("People who help have registered")

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="initiator_acts")
    kind = models.CharField(max_length=10, choices=Kind)
    at = models.DateTimeField()
    place = models.CharField(max_length=120, blank=True, default="", db_default="")  # of a room, and where it lies
    street = models.CharField(max_length=200, blank=True, default="", db_default="")

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["partnership", "kind"], name="launch_initiator_act_once")]
