"""Our keys, the installations that we met, the letters between us, and the messages that were offered."""

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language

from plp.charter.kinds import CHOICES
from plp.exchange.states import UNDER_WAY, LetterKind, MoveState, OfferState, PartnerPurpose, PartnerState
from plp.notices.models import Notice
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.places.models import Area
from plp.toolbox.crypto import SealedText
from plp.toolbox.ids import new_random_id


class OwnKey(models.Model):
    """A pair of keys of this installation: one signs our letters, the other opens letters to us. Both are sealed."""

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    signing_secret = SealedText()  # Ed25519, 32 bytes in base64
    identity = SealedText()  # age, AGE-SECRET-KEY-1...
    signing_key = models.CharField(max_length=44)  # public, base64
    recipient = models.CharField(max_length=80)  # public, age1...
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)  # replaced; kept while letters may still come that it opens


class PartnerInstallation(models.Model):
    """Another installation, met for one of our areas. Its address and keys are fixed when it is met.

    ``id`` is the meeting: both sides keep it, and every letter names it. ``sent`` and ``received`` count letters that
    were numbered by us and taken in from them.
    """

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=10, choices=PartnerPurpose)
    state = models.CharField(max_length=10, choices=PartnerState, default=PartnerState.INVITED)
    name = models.CharField(max_length=120, blank=True)
    origin = models.CharField(max_length=300, blank=True)  # empty: letters go by file alone
    is_by_file = models.BooleanField(default=False)  # we asked that letters to us come by file alone
    signing_key = models.CharField(max_length=44, blank=True)
    recipient = models.CharField(max_length=80, blank=True)
    own_key = models.ForeignKey(OwnKey, on_delete=models.PROTECT, related_name="+")  # the one that they know
    invitation_ends_at = models.DateTimeField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    confirmed_there_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    sent = models.PositiveIntegerField(default=0)
    received = models.PositiveIntegerField(default=0)
    heard_at = models.DateTimeField(null=True)  # when the last letter came
    minute = models.DateTimeField(null=True)  # of the last letter by HTTPS, with the letters of that minute
    in_minute = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField(null=True)  # when letters are tried next
    tries = models.PositiveIntegerField(default=0)  # in a row without success
    reason = models.CharField(max_length=60, blank=True)  # why the last try failed
    register_digest = models.CharField(max_length=64, blank=True)  # of the entries told last


class OutgoingLetter(models.Model):
    """A letter of ours until the partner has it: sealed and signed anew at each try."""

    partner = models.ForeignKey(PartnerInstallation, on_delete=models.CASCADE, related_name="letters")
    own_key = models.ForeignKey(OwnKey, on_delete=models.PROTECT, related_name="+")  # that signs it
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=LetterKind)
    content = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partner", "number"], name="exchange_letter_once")]
        indexes = [models.Index(fields=["partner", "number"], condition=Q(taken_at=None), name="exchange_letter_due")]


class HeldLetter(models.Model):
    """A genuine letter that came before an earlier one: kept until that one is here."""

    partner = models.ForeignKey(PartnerInstallation, on_delete=models.CASCADE, related_name="held")
    number = models.PositiveIntegerField()
    body = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partner", "number"], name="exchange_held_once")]


class SupralocalOffer(models.Model):
    """A message offered to a partner (``is_ours``) or by one. Of ours the words stand in the notice alone.

    ``notice``: of ours the message that was released; of theirs what we made of it. ``partnerships`` and ``reached``
    are counts of the receiving side; one to four persons are not told.
    """

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    partner = models.ForeignKey(PartnerInstallation, on_delete=models.CASCADE, related_name="offers")
    key = models.UUIDField(default=new_random_id)  # by which both sides call it
    is_ours = models.BooleanField()
    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, null=True, related_name="supralocal_offers")
    corrects = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="corrections")
    state = models.CharField(max_length=10, choices=OfferState, default=OfferState.CHOSEN)
    kind = models.CharField(max_length=20, choices=CHOICES)
    reason = models.CharField(max_length=12, choices=Notice.Reason)
    texts = models.JSONField(default=dict)  # of theirs: language -> title, core, more
    expires_at = models.DateTimeField(null=True)
    official_reference = models.CharField(max_length=60, blank=True)
    made_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    because = models.CharField(max_length=300, blank=True)
    partnerships = models.PositiveIntegerField(default=0)
    reached = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partner", "is_ours", "key"], name="exchange_offer_once"),
            models.UniqueConstraint(
                fields=["partner", "notice"], condition=Q(is_ours=True), name="exchange_offer_once_each"
            ),
        ]
        indexes = [models.Index(fields=["is_ours", "state"])]


class RegisterEntry(models.Model):
    """What a partner told the federal register about one partnership of theirs: names of places and counts."""

    partner = models.ForeignKey(PartnerInstallation, on_delete=models.CASCADE, related_name="register")
    key = models.CharField(max_length=60)
    entry = models.JSONField()
    taken_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partner", "key"], name="exchange_entry_once")]


class PartnershipMove(models.Model):
    """A partnership that goes to a partner (``is_ours``) or comes from one.

    ``slug`` is its key in public addresses, the same on both sides. ``streets`` and ``members`` are what the sending
    side said of it when it was offered. ``packed`` holds, while it is on its way, the keys of whom and what went.
    """

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    partner = models.ForeignKey(PartnerInstallation, on_delete=models.PROTECT, related_name="moves")
    key = models.UUIDField(default=new_random_id)  # by which both sides call it
    is_ours = models.BooleanField()
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, null=True, related_name="moves")
    slug = models.SlugField(max_length=60)
    names = models.JSONField(default=dict)  # of the quarter, by language
    streets = models.JSONField(default=list)  # of the register: "nis|identifier"
    members = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=MoveState, default=MoveState.OFFERED)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    because = models.CharField(max_length=300, blank=True)
    day = models.DateField(null=True)  # on which it would go, if one was chosen; once it is agreed, on which it goes
    letter_count = models.PositiveIntegerField(default=0)  # to members
    closed_at = models.DateTimeField(null=True)  # since when nothing changes in it, before it is packed
    was_state = models.CharField(max_length=12, blank=True)  # of the partnership before that
    packed = models.JSONField(default=dict)
    parts = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)  # here nothing is left to do

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partner", "is_ours", "key"], name="exchange_move_once"),
            models.UniqueConstraint(
                fields=["partnership"],
                condition=Q(is_ours=True, state__in=UNDER_WAY),
                name="exchange_move_one_at_a_time",
            ),
        ]

    def name(self, language: str | None = None) -> str:
        """The name of the quarter in ``language``, without one in that of the page, else any."""
        names: dict[str, str] = self.names
        return names.get(language or get_language() or "fr") or next(iter(names.values()), self.slug)


class MovePart(models.Model):
    """A piece of the sealed archive of a partnership that comes: kept until all are here and read."""

    move = models.ForeignKey(PartnershipMove, on_delete=models.CASCADE, related_name="received_parts")
    number = models.PositiveIntegerField()  # 1, 2, 3 ...
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["move", "number"], name="exchange_part_once")]


class MovedContact(models.Model):
    """That a way to reach somebody moved, for a STOP that still comes here: a key and a keyed digest, no address."""

    id = models.UUIDField(
        primary_key=True, default=new_random_id, editable=False
    )  # of the contact, there as it was here
    move = models.ForeignKey(PartnershipMove, on_delete=models.CASCADE, related_name="contacts")
    digest = models.CharField(max_length=64, db_index=True)
    stopped_at = models.DateTimeField(null=True)  # passed on


class MovedEntry(models.Model):
    """A line of the journal that a partnership brought along: to be read, proven by its old installation alone."""

    move = models.ForeignKey(PartnershipMove, on_delete=models.CASCADE, related_name="history")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    verb = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["move", "number"], name="exchange_moved_entry_once")]
