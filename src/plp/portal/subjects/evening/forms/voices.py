"""Forms for presence, opinions, offers and agreements."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from plp.delivery.channel import BadAddress
from plp.evening.actions.contributions import TASKS, normalised_phone_or_email
from plp.evening.models import Decision, Opinion
from plp.portal.shell import fields
from plp.portal.shell.forms import Form
from plp.portal.shell.person_form import PersonNameField

OFFERS = {
    "committee": _("Sit on the steering committee"),
    "coordinator": _("Be the coordinator"),
    "deputy": _("Be a deputy coordinator"),
    "letters": _("Deliver letters"),
    "welcome": _("Welcome people"),
    "languages": _("Translate"),
    "other": capfirst(_("something else")),
}


def clean_phone_or_email(typed: str) -> str:
    """A telephone number or an e-mail address. Raises ``ValidationError`` in words."""
    try:
        return normalised_phone_or_email(typed)
    except BadAddress as bad:
        raise forms.ValidationError(bad.in_words()) from bad


class HereForm(Form):
    """I am here, with how many; the name only if one wants."""

    persons = forms.IntegerField(label=_("How many are you"), min_value=1, max_value=12, initial=1)
    name = PersonNameField(
        label=_("Your name"),
        help_text=_("Only if you want it on the list of those present."),
        required=False,
    )


class OpinionForm(Form):
    """An opinion said aloud or written on paper, named or not, as whoever leads notes it: no words (ADR 85)."""

    about = forms.ChoiceField(label=_("About"), choices=Opinion.About.choices, widget=forms.RadioSelect)
    view = forms.ChoiceField(label=_("Opinion"), choices=Opinion.View.choices, widget=forms.RadioSelect)
    name = PersonNameField(label=_("Name, if they wish"), required=False)


class AnswerOpinionForm(Form):
    """The answer to an opinion."""

    answer = fields.multiline_field(_("Answer"), 1_500)


class OfferHelpForm(Form):
    """Who wants to help, and with what: a name, a number or address and ticks, no words (ADR 85)."""

    name = PersonNameField(label=_("Your name"), widget=forms.TextInput(attrs={"autocomplete": "name"}))
    reach = forms.CharField(label=_("Telephone or e-mail"), max_length=200)
    tasks = forms.MultipleChoiceField(
        label=_("I can help with"),
        choices=[(key, OFFERS[key]) for key in TASKS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def clean_reach(self) -> str:
        """A telephone number or an e-mail address."""
        return clean_phone_or_email(self.cleaned_data["reach"])


class TaskForm(Form):
    """What a volunteer is asked to do, and by when."""

    task = forms.CharField(label=_("What do you ask them to do?"), max_length=200)
    until = fields.day_field(_("By when"))


class VolunteerTasksForm(Form):
    """By when all who offered help are asked to do what they offered."""

    until = fields.day_field(_("By when"))


class DecisionForm(Form):
    """What was agreed, who sees to it, by when."""

    about = forms.ChoiceField(label=_("About"), choices=Decision.About.choices, widget=forms.RadioSelect)
    words = forms.CharField(label=_("What was agreed"), max_length=400)
    owner = forms.CharField(label=_("Who sees to it"), max_length=200)
    due = fields.day_field(_("By when"))
