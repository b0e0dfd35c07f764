"""Who belongs to a partnership, asks to, or stands for a function. Label and tables: of ``partnership`` (ADR 41)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from plp.firms.models import Firm
from plp.mandates.models import Mandate
from plp.membership.states import Belonging, Candidacy, Function, Ground, Listing
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.places.models import Street
from plp.toolbox.crypto import SealedText
from plp.toolbox.ids import new_random_id


class Membership(models.Model):
    """A person in a partnership. Nothing here says why, with whom or from where they come (R63)."""

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    state = models.CharField(max_length=10, choices=Belonging, default=Belonging.PENDING)
    asked_at = models.DateTimeField()
    joined_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    moved_from = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")  # ends once accepted
    says_yes_anew = models.BooleanField(default=False, db_default=False)  # from a list: no member before they agree
    moved_out_at = models.DateTimeField(null=True)  # to a street that no partnership covered
    firm = models.ForeignKey(Firm, on_delete=models.SET_NULL, null=True, related_name="memberships")

    class Meta:
        app_label = "partnership"
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "person"],
                condition=models.Q(state__in=["pending", "active", "suspended"]),
                name="partnership_member_once",
            ),
        ]
        indexes = [models.Index(fields=["partnership", "state"])]


class LetterboxCode(models.Model):
    """A code that was printed on a letter to somebody who waits: whoever types it lives behind that door.

    ``digest`` is keyed: the table alone gives no code away. The code itself is made anew from the membership.
    """

    membership = models.OneToOneField(Membership, models.CASCADE, primary_key=True, related_name="letterbox_code")
    digest = models.CharField(max_length=64, unique=True)
    printed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    proven_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "partnership"


class Enquiry(models.Model):
    """A question of the coordinator to somebody who asks to join, and what they answered (R45). One waits at a time.

    ``answer``: a key of ``ChosenAnswer`` from whoever was asked, or what the coordinator was told, in their words
    (ADR 85).
    """

    class ChosenAnswer(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        TALK = "talk", _("Neither: I shall contact you")

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="enquiries")
    words = SealedText()
    asked_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    sent = models.PositiveSmallIntegerField(default=0)  # copies that left by mail and SMS; none: by letter or call
    answer = SealedText(blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "partnership"
        constraints = [
            models.UniqueConstraint(
                fields=["membership"], condition=models.Q(answered_at=None), name="partnership_enquiry_one_open"
            ),
        ]

    @property
    def answer_in_words(self) -> str:
        """The answer in the active language where it was chosen, else as it was written down."""
        return str(dict(self.ChosenAnswer.choices).get(self.answer, self.answer))


class Refusal(models.Model):
    """Why somebody was not let in (R45): kept for a month with what they told, for the letter (R84)."""

    membership = models.OneToOneField(Membership, on_delete=models.CASCADE, primary_key=True, related_name="refusal")
    ground = models.CharField(max_length=12, choices=Ground)
    words = SealedText(blank=True)
    sent = models.PositiveSmallIntegerField(default=0)  # copies that left by mail and SMS; none: by letter
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        app_label = "partnership"


class Candidate(models.Model):
    """Somebody put forward as coordinator, deputy or committee member (R23, R35), and what the members said.

    Of the screening only its day, its outcome (in ``state``) and who gave it in are kept (R36).
    """

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="candidates")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="candidacies")
    function = models.CharField(max_length=12, choices=Function)
    state = models.CharField(max_length=12, choices=Candidacy, default=Candidacy.PROPOSED)
    proposed_at = models.DateTimeField()
    decided_on = models.DateField(null=True)  # the day of the members' vote
    occasion = models.CharField(max_length=120, blank=True)  # the meeting at which they voted
    votes_for = models.PositiveIntegerField(null=True)
    votes_against = models.PositiveIntegerField(null=True)
    abstentions = models.PositiveIntegerField(null=True)
    screened_on = models.DateField(null=True)
    screened_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    mandate = models.OneToOneField(Mandate, on_delete=models.SET_NULL, null=True, related_name="candidacy")

    class Meta:
        app_label = "partnership"
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "person", "function"],
                condition=models.Q(state__in=["proposed", "approved", "screened"]),
                name="partnership_candidate_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["approved", "screened", "unfit"]) | models.Q(decided_on__isnull=False),
                name="partnership_candidate_decided",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["screened", "unfit"]) | models.Q(screened_on__isnull=False),
                name="partnership_candidate_screened",
            ),
        ]


class ListImport(models.Model):
    """A list of members read from a file: first a draft to be checked, then brought in, for a day to be taken back.

    ``content`` holds header and rows as JSON, and is emptied as soon as it is needed no more. The proof of consent
    stays: what was agreed to, on which day, where the proof is kept (R48, R81).
    """

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="list_imports")
    state = models.CharField(max_length=10, choices=Listing, default=Listing.DRAFT)
    content = SealedText()
    columns = models.JSONField(default=list)  # the field of each column, empty for one that is left in the file
    proof_what = SealedText()
    proof_kept = SealedText()
    proof_on = models.DateField()
    asks_anew = models.BooleanField(default=False, db_default=False)  # each says yes again before they are a member
    started_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    made = models.JSONField(default=dict)  # keys of the persons and contacts that it made, for a day
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)

    class Meta:
        app_label = "partnership"
        indexes = [models.Index(fields=["partnership", "state"])]


class ListExport(models.Model):
    """The list of members taken out as a file: at most three a day of a partnership, each with reason and code (T12).

    ``number`` counts the exports of ``day``: the constraints hold the limit even when two ask at the same moment.
    ``code`` stands on every row of the file, so that a copy that turns up elsewhere tells whose it was.
    """

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="list_exports")
    day = models.DateField()
    number = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=12, unique=True)
    reason = SealedText()
    form = models.CharField(max_length=8)
    rows = models.PositiveIntegerField()
    taken_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    taken_at = models.DateTimeField()

    class Meta:
        app_label = "partnership"
        constraints = [
            models.UniqueConstraint(fields=["partnership", "day", "number"], name="partnership_export_numbered"),
            models.CheckConstraint(
                condition=models.Q(number__gte=1, number__lte=3), name="partnership_export_three_a_day"
            ),
        ]


class StreetRecruits(models.Model):
    """How many asked to join by the link on the papers of one street. A number alone: nobody is tied to it."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="street_recruits")
    street = models.ForeignKey(Street, on_delete=models.CASCADE, related_name="+")
    joined = models.PositiveIntegerField(default=0, db_default=0)

    class Meta:
        app_label = "partnership"
        constraints = [
            models.UniqueConstraint(fields=["partnership", "street"], name="partnership_street_recruits_once"),
        ]
