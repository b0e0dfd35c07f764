"""Forms of ratings and of monthly numbers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plp.followup.actions import ratings, report_counts
from plp.followup.models import Rating
from plp.portal.shell import fields
from plp.portal.shell.forms import Form


def grade_field(label: Any) -> forms.TypedChoiceField:
    """One of four grades."""
    return forms.TypedChoiceField(label=label, choices=Rating.Grade.choices, coerce=int, widget=forms.RadioSelect)


class RateForm(Form):
    """How one message travelled."""

    quality = grade_field(_("Quality of the exchange"))
    timeliness = grade_field(_("Speed of the exchange"))
    words = fields.multiline_field(
        _("A word to the coordinator"),
        ratings.MOST_WORDS,
        required=False,
        help_text=_("What helped, what could be better. Do not name or describe anybody."),
    )


class SumUpForm(RateForm):
    """How a period went."""

    begins = fields.day_field(_("First day"))
    until = fields.day_field(_("Last day"))
    field_order = ["begins", "until"]


class AnswerRatingForm(Form):
    """The coordinator's word."""

    words = fields.multiline_field(_("Your answer"), ratings.MOST_WORDS, help_text=fields.NO_PERSON)


class MonthlyReportCountForm(Form):
    """The numbers of a month."""

    month = fields.day_field(_("Month"), help_text=_("Any day of the month."))
    members = fields.number_field(_("Reports by members"), report_counts.MOST)
    others = fields.number_field(_("Reports by others in the neighbourhood"), report_counts.MOST)
