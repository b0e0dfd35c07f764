"""The outbox: one row per message, contact and channel *is* the queue (docs/design.md#outbox)."""

from functools import reduce
from operator import or_

from django.db import models
from django.db.models import F, Q

from plp.delivery.states import State
from plp.people.models import ContactPoint
from plp.toolbox.ids import new_check_code, new_random_id


class Message(models.Model):
    """One thing said to an audience. ``purpose`` and ``subject`` tell the room above what it was about.

    ``audience`` counts the persons queued; ``unconfirmed`` marks what somebody asked for himself (a code to confirm a
    contact): it goes to unconfirmed contacts, and neither quiet hours nor a pause hold it. ``despite_stop`` marks
    what no STOP silences, so it bears no link to stop it: the receipt of a STOP, a code, mails about a sign-in (R79).
    ``on_behalf_of`` is the path of the quarter whose partnership writes; empty: the house itself.
    """

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    purpose = models.CharField(max_length=40)  # "notice.alarm", "people.code": the room and its own word
    subject = models.UUIDField(null=True, db_index=True)  # the notice, meeting, ...: no foreign key upwards
    area = models.CharField(max_length=200, blank=True)
    urgent = models.BooleanField(default=False)
    unconfirmed = models.BooleanField(default=False)
    despite_stop = models.BooleanField(default=False, db_column="last_word")
    on_behalf_of = models.CharField(max_length=200, blank=True, db_default="")
    audience = models.PositiveIntegerField(default=0)
    check_code = models.CharField(max_length=9, default=new_check_code, unique=True)
    created_at = models.DateTimeField()
    created_by = models.UUIDField(null=True)  # the person who had it sent; empty for the machine
    expires_at = models.DateTimeField(null=True)
    expired_at = models.DateTimeField(null=True)  # when its waiting rows were expired
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["on_behalf_of"], name="delivery_on_behalf_of"),
            models.Index(
                fields=["expires_at"], condition=Q(expired_at=None, expires_at__isnull=False), name="delivery_expiry"
            ),
        ]


class MessageChannel(models.Model):
    """A channel the message may take, in the plan's order; the next one is the fall-back."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="channels")
    channel = models.CharField(max_length=20)
    rank = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "channel"], name="delivery_channel_once")]


class MessageText(models.Model):
    """The text of a message for one channel and language, rendered once; slots are filled per recipient.

    ``piece`` is what stands of it among several messages in one copy; empty: the whole body. ``easy_body`` and
    ``easy_piece`` are the same in easy language, for persons who chose it; empty: there is no such form.
    """

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="texts")
    channel = models.CharField(max_length=20)
    language = models.CharField(max_length=2)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    html = models.TextField(blank=True)
    piece = models.TextField(blank=True)
    easy_body = models.TextField(blank=True, default="", db_default="")
    easy_piece = models.TextField(blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "channel", "language"], name="delivery_text_once"),
        ]


class Dispatches(models.QuerySet["Dispatch"]):
    """Rows that have an index to themselves, asked for in its own words: SQLite uses such an index for no other, and
    looks through years of settled copies instead.
    """

    QUEUED, HELD, UNKNOWN = (f"delivery_dispatch.state = '{state}'" for state in ("queued", "held", "unknown"))
    IN_HAND = "delivery_dispatch.state IN ('claimed', 'sending')"

    def where_sql(self, sql: str) -> models.QuerySet["Dispatch"]:
        """Those of one of the conditions above."""
        return self.extra(where=[sql])  # noqa: S610 - SQL of ours


class Dispatch(models.Model):
    """One message on its way to one contact by one channel.

    ``replaced``: it failed and the person got another dispatch by the next channel, which counts instead.
    ``digest``: it leaves in one copy with the others that are due at the same hour for the same contact (R115).
    Few indexes on purpose: every change of state pays for each of them. So it does for what is checked: a list that a
    row's state is looked up in took SQLite a third of the time of queueing, one comparison after the other does not.
    """

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="dispatches", db_index=False)
    contact = models.ForeignKey(ContactPoint, on_delete=models.SET_NULL, null=True, related_name="dispatches")
    person = models.UUIDField()  # a pseudonym once the person is forgotten: proof of sending stays (T51)
    channel = models.CharField(max_length=20)
    language = models.CharField(max_length=2)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    urgent = models.BooleanField(default=False)
    queued_at = models.DateTimeField()
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    unknowns = models.PositiveSmallIntegerField(default=0)
    replaced = models.BooleanField(default=False)
    digest = models.BooleanField(default=False)
    token = models.CharField(max_length=32, blank=True, default="")
    lease_until = models.DateTimeField(null=True)
    reference = models.CharField(max_length=100, blank=True, default="")
    reason = models.CharField(max_length=60, blank=True, default="")
    settled_at = models.DateTimeField(null=True)

    objects = Dispatches.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "contact", "channel"], name="delivery_dispatch_once"),
            models.CheckConstraint(
                condition=(Q(lease_until=None, token="") & ~Q(state__in=[State.CLAIMED, State.SENDING]))
                | Q(lease_until__isnull=False, state__in=[State.CLAIMED, State.SENDING]),
                name="delivery_lease_only_in_hand",
            ),
            models.CheckConstraint(
                condition=reduce(or_, (Q(state=state) for state in State)), name="delivery_state_known"
            ),
            models.CheckConstraint(condition=Q(unknowns__lte=2), name="delivery_never_a_third_copy"),
        ]
        indexes = [
            models.Index(
                "channel", F("urgent").desc(), "tries", "id", "due_at",
                condition=Q(state=State.QUEUED), name="delivery_claim",
            ),
            models.Index(fields=["due_at"], condition=Q(state=State.HELD), name="delivery_held"),
            models.Index(
                fields=["lease_until"], condition=Q(state__in=[State.CLAIMED, State.SENDING]), name="delivery_lease"
            ),
            models.Index(fields=["id"], condition=Q(state=State.UNKNOWN), name="delivery_unknown"),
            models.Index(fields=["reference"], condition=~Q(reference=""), name="delivery_reference"),
            models.Index(fields=["person"], condition=Q(contact=None), name="delivery_without_contact"),
        ]  # fmt: skip


class Attempt(models.Model):
    """What went wrong, or is worth knowing, on the way of a dispatch. A plain success is on the dispatch alone."""

    dispatch = models.ForeignKey(Dispatch, on_delete=models.CASCADE, related_name="attempts")
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State)  # where it led
    reason = models.CharField(max_length=60)


class Receipt(models.Model):
    """What a supplier told about a copy. ``dispatch`` is empty while it is parked: it came before our own commit."""

    event = models.CharField(max_length=100, unique=True)
    channel = models.CharField(max_length=20)
    reference = models.CharField(max_length=100, db_index=True)
    state = models.CharField(max_length=10, choices=State)
    reason = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()
    dispatch = models.ForeignKey(Dispatch, on_delete=models.CASCADE, null=True, related_name="receipts")


class Pulse(models.Model):
    """When a worker last said that it lives: one row, for the operator who asks."""

    key = models.CharField(max_length=10, primary_key=True, default="worker")
    at = models.DateTimeField()


class Supplier(models.Model):
    """How a supplier of a channel fares, for people to see: suspended since when and why. ``number``: 1 is the first
    choice; ``changed_at``: when a worker last said so.
    """

    channel = models.CharField(max_length=20)
    number = models.PositiveSmallIntegerField(default=1, db_default=1)
    suspended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=60, blank=True, default="")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "number"], name="delivery_supplier_once")]


class Pause(models.Model):
    """At most one row: while it is there no worker takes anything, on any machine (after a restore, T56)."""

    class Reason(models.TextChoices):
        """Why nothing leaves."""

        RESTORED = "restored"
        OPERATOR = "operator"

    key = models.CharField(max_length=10, primary_key=True, default="all")
    since = models.DateTimeField()
    reason = models.CharField(max_length=20, choices=Reason)


class Spending(models.Model):
    """Message parts that were let go on a metered channel since the beginning of a day or an hour (T40).

    ``key`` says whose: an area, the digest of an address, a range of addresses; empty for the whole installation.
    """

    class Scope(models.TextChoices):
        """By what it is counted."""

        DAY = "day"  # all of the installation's
        AREA = "area"
        NUMBER = "number"
        CODES = "codes"  # copies, not parts

    channel = models.CharField(max_length=20)
    scope = models.CharField(max_length=6, choices=Scope)
    key = models.CharField(max_length=200, blank=True)
    since = models.DateTimeField()
    parts = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["since", "channel", "scope", "key"], name="delivery_spending_once")
        ]
