"""Forms of a meeting: convene, call off, write up, agree."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plp.followup.actions import activities, meetings
from plp.followup.models import Activity, FollowUpMeeting
from plp.portal.shell import fields
from plp.portal.shell.forms import Form
from plp.toolbox.clock import BRUSSELS, local
from plp.wording.held_words import ALL_RULES


class ConveneFollowUpMeetingForm(Form):
    """When, where, about what."""

    day = fields.day_field(_("Day"))
    begins = fields.hour_field(_("From what time"))
    until = fields.hour_field(_("Until what time"))
    place = forms.CharField(label=_("Place"), max_length=meetings.MOST_PLACE)
    agenda = fields.multiline_field(
        _("Agenda"), 1500, rows=6, help_text=_("One point a line. Both sides see it in the invitation.")
    )

    @staticmethod
    def initial_of(meeting: FollowUpMeeting) -> dict[str, Any]:
        """What is known of a meeting, as the form shows it."""
        starts, ends = local(meeting.starts_at), local(meeting.ends_at)
        clock = {"day": starts.date(), "begins": starts.time(), "until": ends.time()}
        return {**clock, "place": meeting.place, "agenda": meeting.agenda}

    def meeting_values(self) -> dict[str, Any]:
        """What was typed, on a Belgian clock."""
        told = dict(self.cleaned_data)
        day, begins, until = (told.pop(name) for name in ("day", "begins", "until"))
        return {
            "starts_at": datetime.combine(day, begins, tzinfo=BRUSSELS),
            "ends_at": datetime.combine(day, until, tzinfo=BRUSSELS),
            **told,
        }


class CallOffForm(Form):
    """Why."""

    read_rules = ALL_RULES  # as the action

    because = forms.CharField(label=_("Why is it cancelled?"), help_text=_("Both sides read it."), max_length=300)


class WriteForm(Form):
    """What was said."""

    present = fields.number_field(_("How many were there?"), meetings.MOST_PRESENT)
    notes = fields.multiline_field(
        _("What was said"),
        meetings.MOST_WORDS,
        rows=10,
        help_text=_("Findings, figures, what went well and what did not. Do not name or describe anybody."),
    )
    ideas = fields.multiline_field(_("Ideas"), meetings.MOST_WORDS, required=False, help_text=fields.NO_PERSON)


class AgreeForm(Form):
    """Who does what next, by when."""

    words = forms.CharField(label=_("What will be done?"), max_length=activities.MOST_WORDS)
    side = forms.ChoiceField(label=_("Who sees to it?"), choices=Activity.Side.choices, widget=forms.RadioSelect)
    due_on = fields.day_field(_("By when?"))
