"""Whether a member comes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plp.evening.models import MeetingReply
from plp.evening.rules import MOST_TOGETHER
from plp.portal.shell.forms import Form


class InvitationReplyForm(Form):
    """With how many, and what one needs; the button ``no`` says that nobody comes."""

    persons = forms.IntegerField(
        label=_("How many are you"),
        min_value=1,
        max_value=MOST_TOGETHER,
        initial=1,
        error_messages={
            "min_value": _("Write at least 1. If you do not come, press the button that says so."),
            "max_value": _("You can answer for %(limit_value)s people at most, yourself included."),
        },
    )
    needs = forms.MultipleChoiceField(
        label=_("I ask for"),
        help_text=_("Only if you need it. Those who lead the meeting then see your name."),
        choices=MeetingReply.Need.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, data: Any, *, earlier: MeetingReply | None) -> None:
        initial = {"persons": earlier.persons or 1, "needs": earlier.needs} if earlier else {}
        super().__init__(data, initial=initial)
        if self.is_declined:
            self.fields["persons"].required = False

    @property
    def is_declined(self) -> bool:
        """Whether the button that says no was pressed."""
        return "no" in self.data

    def reply_values(self) -> dict[str, Any]:
        """The answer as the action takes it."""
        if self.is_declined:
            return {"persons": 0, "needs": []}
        return {"persons": self.cleaned_data["persons"], "needs": self.cleaned_data["needs"]}
