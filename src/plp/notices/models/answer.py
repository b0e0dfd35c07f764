"""What members say back: answers that the police alone read, who read a message, who needs help (R127)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from plp.notices.models.notice import Notice
from plp.partnership.models import Partnership
from plp.people.models import LANGUAGE_CHOICES, ContactPoint, Person
from plp.toolbox.crypto import SealedText
from plp.toolbox.ids import new_random_id


class NoticeAnswer(models.Model):
    """What somebody wrote back to a message: the police read it and nobody else.

    ``contact`` is where they answered from, or where the message reached them: the outcome goes there.
    """

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="member_answers")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="+")
    contact = models.ForeignKey(ContactPoint, on_delete=models.SET_NULL, null=True, related_name="+")
    words = SealedText()
    language = models.CharField(max_length=2, choices=LANGUAGE_CHOICES)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    read_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    deleted_after = models.DateTimeField(db_index=True)

    class Meta:
        indexes = [models.Index(fields=["notice", "at"])]


class Acknowledgement(models.Model):
    """A member says that they read or heard a message, and perhaps that they can help others (R51)."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="acknowledgements")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    can_help = models.BooleanField(default=False)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "person"], name="notice_acknowledged_once")]


class HelpCall(models.Model):
    """Somebody needs help: it is red on the desk until somebody takes it.

    A ``cry`` came as words in an SMS or mail and is answered at once with the numbers of help; police and coordinator
    see that it came, the police its words. With ``call_me`` a member asks the coordinator to call. A ``drill`` goes the
    way of a cry: ``person`` is who started it.
    """

    class Cause(models.TextChoices):
        CRY = "cry", _("a cry for help")
        CALL_ME = "call_me", _("“I need help, call me”")
        DRILL = "drill", _("a drill")

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, null=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    cause = models.CharField(max_length=10, choices=Cause)
    channel = models.CharField(max_length=20)  # by which it came
    words = SealedText(blank=True)
    at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["partnership", "taken_at"])]
