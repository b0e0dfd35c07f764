"""The codes by which a waiting message is passed on in an answer, and the answers that were taken (R41, R51)."""

from django.db import models

from plp.notices.models.notice import Notice
from plp.people.models import Person
from plp.toolbox.crypto import SealedText
from plp.toolbox.ids import new_random_id


class ReplyCode(models.Model):
    """Four digits for one person and one message. Bound to the words that person was sent (T43); good once."""

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="reply_codes")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    code = SealedText()
    text_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    wrong = models.PositiveSmallIntegerField(default=0)  # codes tried in vain by this person while it was open
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "person"], name="notice_reply_code_once")]


class TakenReply(models.Model):
    """An answer that was taken: brought a second time it is known, and nothing happens (T34). Names nobody."""

    event = models.CharField(max_length=64, primary_key=True)  # digest of the gateway's number or of the mail
    at = models.DateTimeField(db_index=True)
