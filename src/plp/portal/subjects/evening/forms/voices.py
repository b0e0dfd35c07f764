"""Forms for presence, opinions, offers and agreements."""

from django import forms
from django.utils.translation import gettext_lazy as _

from plp.evening.actions.contributions import TASKS
from plp.evening.models import Decision
from plp.portal.shell import fields

OFFERS = {
    "committee": _("Sit on the steering committee"),
    "coordinator": _("Be the coordinator"),
    "deputy": _("Be a deputy coordinator"),
    "letters": _("Deliver letters"),
    "welcome": _("Welcome people"),
    "languages": _("Translate"),
    "other": _("Something else"),
}


class HereForm(forms.Form):
    """I am here, with how many; the name only if one wants."""

    persons = forms.IntegerField(label=_("How many are you"), min_value=1, max_value=12, initial=1)
    name = forms.CharField(
        label=_("Your name"),
        help_text=_("Only if you want it on the list of those present."),
        max_length=120,
        required=False,
    )


class OpinionForm(forms.Form):
    """An opinion, named or not."""

    words = fields.words_field(_("What do you think?"), 1_500, help_text=_("Write no names of others."))
    name = forms.CharField(label=_("Your name"), max_length=120, required=False)


class AnswerForm(forms.Form):
    """The answer to an opinion."""

    answer = fields.words_field(_("Answer"), 1_500)


class HelpForm(forms.Form):
    """Who wants to help, and with what."""

    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    reach = forms.CharField(label=_("Telephone or e-mail"), max_length=200)
    tasks = forms.MultipleChoiceField(
        label=_("I can help with"),
        choices=[(key, OFFERS[key]) for key in TASKS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    words = fields.words_field(_("Something to add"), 1_500, required=False)


class TaskForm(forms.Form):
    """What a volunteer is asked to do, and by when."""

    task = forms.CharField(label=_("What do you ask them to do?"), max_length=200)
    until = fields.day_field(_("By when"))


class DecisionForm(forms.Form):
    """What was agreed, who sees to it, by when."""

    about = forms.ChoiceField(label=_("About"), choices=Decision.About.choices, widget=forms.RadioSelect)
    words = forms.CharField(label=_("What was agreed"), max_length=400)
    owner = forms.CharField(label=_("Who sees to it"), max_length=200)
    due = fields.day_field(_("By when"))
