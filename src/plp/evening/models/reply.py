"""What a member answered to an invitation. Deleted when the meeting is over: nobody needs it then (R84)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from plp.evening.models.meeting import Meeting
from plp.people.models import Person
from plp.toolbox.ids import new_random_id


class MeetingReply(models.Model):
    """Whether a member comes, with how many, and what they asked for. ``persons`` is 0 for whoever does not come.

    ``is_waiting``: no place was free; ``asked_at`` gives the order in which places that become free are given.
    """

    class Need(models.TextChoices):
        RIDE = "ride", _("a ride")
        INTERPRETER = "interpreter", _("interpretation")

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="replies")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    persons = models.PositiveSmallIntegerField()
    needs = models.JSONField(default=list)
    is_waiting = models.BooleanField(default=False)
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="evening_one_reply")]

    @property
    def needs_in_words(self) -> list[str]:
        """What they asked for, in the active language."""
        return [str(self.Need(need).label) for need in self.needs]

    @property
    def asks_for_interpreter(self) -> bool:
        """Whether the language they read matters to those who lead the meeting."""
        return self.Need.INTERPRETER in self.needs
