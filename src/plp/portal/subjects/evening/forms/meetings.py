"""Forms to plan, prepare and minute a meeting."""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from plp.charter.plan_in_words import languages_in_words
from plp.evening import actions as evening
from plp.evening import refusals
from plp.evening.models import Meeting
from plp.evening.models.meeting import voters_choices
from plp.evening.rules import meeting_time_fault_key
from plp.evening.states import Purpose
from plp.launch.models import InitiatorAct
from plp.partnership.models import Partnership
from plp.partnership.translations import TranslatedText
from plp.portal.shell import fields
from plp.portal.shell.forms import FoldedFields, Form
from plp.portal.shell.translated_fields import TranslatedTextField
from plp.portal.shell.untranslated import UntranslatedForm
from plp.toolbox.clock import BRUSSELS, local
from plp.toolbox.texts import LANGUAGES

CLOCK = {
    "past": ("day", refusals.MeetingInThePast.sentence),
    "backwards": ("until", refusals.MeetingEndsFirst.sentence),
    "long": ("until", refusals.MeetingTooLong.sentence),
}


class PlanMeetingForm(FoldedFields, Form):
    """When, where, for whom."""

    folded = ("access", "capacity", "languages", "voters")

    purpose = forms.ChoiceField(label=_("What kind of meeting"), choices=Purpose.choices, widget=forms.RadioSelect)
    day = fields.day_field(_("Day"))
    begins = fields.hour_field(_("From what time"))
    until = fields.hour_field(_("Until what time"))
    place = forms.CharField(label=_("Place"), help_text=_("For example: parish hall, first floor."), max_length=120)
    street = forms.CharField(label=_("Street, number and town"), max_length=200)
    capacity = fields.number_field(_("How many people fit in"), 5_000, required=False)
    languages = forms.MultipleChoiceField(label=_("Languages of the meeting"), widget=forms.CheckboxSelectMultiple)
    voters = forms.ChoiceField(label=_("Who votes"), widget=forms.RadioSelect)

    def __init__(
        self, data: Any, *, partnership: Partnership, meeting: Meeting | None = None, room: InitiatorAct | None = None
    ) -> None:
        known = (
            _initial_values(meeting)
            if meeting
            else {"languages": partnership.languages, "voters": _usual_voters(partnership)}
        )
        known |= {"place": room.place, "street": room.street} if room else {}
        super().__init__(data, initial={"purpose": Purpose.INFORMATION} | known)
        self.fields["voters"].choices = voters_choices(partnership.kind)  # type: ignore[attr-defined]
        languages = meeting.languages if meeting else partnership.languages
        others = [code for code in LANGUAGES if code not in languages]
        names = dict(settings.LANGUAGES)
        ordered = [(code, names[code]) for code in [*languages, *others]]  # what is ticked is kept in this order
        self.fields["languages"].choices = ordered  # type: ignore[attr-defined]
        if len(languages) > 1:
            order = languages_in_words(languages)
            self.fields["place"].help_text = (
                _("Has the hall a name in each language? Part them by “ / ”, in this order: %s.") % order
            )
        self.fields["access"] = TranslatedTextField(
            label=_("Getting in"),
            help_text=_("Steps, lift, parking, bus, interpreter. People who need help must know beforehand."),
            languages=languages,
            topic="access",
            max_length=400,
            initial=meeting.text_of("access", languages) if meeting else None,
            required=False,
        )
        self.order_fields(["purpose", "day", "begins", "until", "place", "street", "access"])
        if meeting:
            del self.fields["purpose"]
        self.fixed: dict[str, Any] = {}  # what stays once people are convened
        if meeting and meeting.convened_at:
            self.fixed = {name: known[name] for name in ("languages", "voters")}
            for name in self.fixed:
                del self.fields[name]

    def meeting_plan(self) -> evening.MeetingPlan:
        """What was typed, on a Belgian clock."""
        given = self.fixed | self.cleaned_data
        day, begins, until = (given.pop(name) for name in ("day", "begins", "until"))
        starts_at = datetime.combine(day, begins, tzinfo=BRUSSELS)
        access: TranslatedText | None = given.pop("access")
        return evening.MeetingPlan(
            starts_at=starts_at,
            ends_at=datetime.combine(day, until, tzinfo=BRUSSELS),
            access=access.words if access else "",
            translations={"access": access.stored()} if access else None,
            **given,
        )

    def are_hours_possible_or_add_error(self, at: datetime) -> bool:
        """Whether the hours can be; else the form says at the field what is wrong."""
        plan = self.meeting_plan()
        wrong = meeting_time_fault_key(plan.starts_at, plan.ends_at, at)
        if wrong:
            self.add_error(*CLOCK[wrong])
        return not wrong


def _usual_voters(partnership: Partnership) -> str:
    """One vote for each business in a partnership of businesses, however many people work there."""
    return Meeting.Voters.HOUSEHOLD if partnership.is_of_businesses else Meeting.Voters.PERSON


def _initial_values(meeting: Meeting) -> dict[str, Any]:
    starts, ends = local(meeting.starts_at), local(meeting.ends_at)
    same = ("place", "street", "capacity", "languages", "voters")
    return {name: getattr(meeting, name) for name in same} | {
        "day": starts.date(),
        "begins": starts.time(),
        "until": ends.time(),
    }


class MeetingConveneForm(Form):
    """Whether everybody is invited at once."""

    invites = forms.BooleanField(
        label=_("Invite everybody at once"),
        help_text=_("A letter is prepared for each door. Whoever registered gets a message."),
        initial=True,
        required=False,
    )

    def __init__(self, data: Any, *, meeting: Meeting) -> None:
        super().__init__(data)
        if not meeting.is_information:
            self.fields["invites"].help_text = _("Every member gets a message. Nobody else is invited.")


class ApproveForm(UntranslatedForm):
    """Whether the minutes go out at once; where a text lacks in a language, that one knows it."""

    sends = forms.BooleanField(label=_("Send them to those who registered"), initial=True, required=False)


class CancelMeetingForm(Form):
    """Why a meeting does not take place."""

    because = forms.CharField(label=_("Reason"), help_text=_("Everybody can read it."), max_length=300)


class ThemeForm(Form):
    """A theme at the end of the agenda."""

    title = forms.CharField(label=_("Theme"), max_length=120)
    duration = forms.IntegerField(label=_("How many minutes"), min_value=1, max_value=240, initial=15)


class PointRecordForm(Form):
    """What was said on a point."""

    record = fields.multiline_field(_("What was said"), 4_000, required=False)


class PresenceForm(Form):
    """How many are on the list on paper."""

    persons = fields.number_field(_("People on the list on paper"), 5_000)


class FormsForm(Form):
    """How many registration forms on paper came in."""

    forms = fields.number_field(_("Registration forms on paper"), 5_000)


class NumberForm(Form):
    """How many ballots to print."""

    number = forms.IntegerField(label=_("How many ballots"), min_value=0, max_value=300, initial=60)


class MinutesForm(Form):
    """The words of the minutes."""

    text = forms.CharField(label=_("Minutes"), max_length=60_000, widget=forms.Textarea(attrs={"rows": 28}))
