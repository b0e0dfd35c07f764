"""One vote on the sheet of an evening: its counts, held against the people in the room."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from plp.evening.queries.sheet_votes import SheetVote
from plp.evening.rules import VoteCounts, vote_count_mismatch_key
from plp.portal.shell import fields
from plp.portal.shell.forms import Form

COMPLETE_VOTE = _("Write how many said yes and how many said no. Write 0 for nobody.")
COUNTS = ("yes", "no", "abstain")


class SheetVoteForm(Form):
    """The counts of one vote. ``checked``: it is right, though something wanted a second look."""

    yes = fields.number_field(_("Yes"), required=False)
    no = fields.number_field(_("No"), required=False)
    abstain = fields.number_field(capfirst(_("abstained")), required=False)
    checked = forms.BooleanField(label=_("It is right as it stands"), required=False)

    def __init__(self, data: Any, *, vote: SheetVote) -> None:
        counts = vote.question.counts if vote.question else None
        initial = {name: getattr(counts, name) for name in COUNTS} if counts else {}
        earlier = f"vote-{vote.question.pk}" if vote.question else ""  # as pages of an earlier version name it
        is_earlier = bool(data and earlier and f"{earlier}-yes" in data)
        super().__init__(data, prefix=earlier if is_earlier else f"vote-{vote.key}", initial=initial)
        self.vote = vote

    @property
    def summary_label(self) -> str:
        """Which vote it is, for the summary of what is wrong."""
        return self.vote.title

    @property
    def needs_confirmation_box(self) -> bool:
        """Whether something wanted a second look: then the box that says so is there."""
        return bool(self.errors or self["checked"].value()) if self.is_bound else False

    def clean(self) -> dict[str, Any]:
        """Yes and no belong together."""
        typed: dict[str, Any] = self.cleaned_data
        is_begun = any(typed.get(name) is not None for name in COUNTS)
        if is_begun and not self.errors and self.counts() is None:
            self.add_error("yes", COMPLETE_VOTE)
        return typed

    def counts(self) -> VoteCounts | None:
        """What was typed; ``None`` while yes or no is blank."""
        yes, no, abstain = (self.cleaned_data.get(name) for name in COUNTS)
        return VoteCounts(yes, no, abstain or 0) if yes is not None and no is not None else None

    def do_counts_add_up_or_add_error(self, people: int, *, one_each: bool) -> bool:
        """Whether the counts add up with ``people`` in the room; else the form says at the field what does not."""
        counts = self.counts() or VoteCounts()
        fault = vote_count_mismatch_key(counts, people, one_each=one_each)
        is_wrong = fault == "more" or bool(fault and not self.cleaned_data.get("checked"))
        if is_wrong:
            self.add_error("yes", vote_fault_in_words(fault, counts, people))
        return not is_wrong


def vote_fault_in_words(fault: str, counts: VoteCounts, people: int) -> str:
    """What does not add up (``rules.vote_count_mismatch_key``), with what to do."""
    if fault == "none":
        return str(_("No vote is written down here. If there was none, tick the box."))
    values = {"votes": counts.cast, "people": people}
    if fault == "more":
        return str(_("%(votes)d votes, but only %(people)d people present. Count again.") % values)
    missing = people - counts.cast
    words = ngettext(
        "%(people)d people present, %(votes)d votes: %(missing)d is missing. If somebody did not vote, tick the box.",
        "%(people)d people present, %(votes)d votes: %(missing)d are missing. If they did not vote, tick the box.",
        missing,
    )
    return words % (values | {"missing": missing})
