"""The forms of an idea and of the survey. Where it lies asks ``shell.place_form``."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plp.delivery.channel import BadAddress
from plp.launch.actions.ideas import MOST_WORDS
from plp.launch.actions.initiator_notes import MOST_NOTE
from plp.launch.models import Idea, InitiatorAct, Survey
from plp.launch.questionnaire import ALWAYS
from plp.partnership.models import Partnership
from plp.people.rules import TELEPHONE
from plp.portal.shell.contact_forms import key_and_channel_for_email
from plp.portal.shell.fields import RobotTrapField
from plp.portal.shell.forms import Form

KINDS = [
    (Partnership.Kind.CITIZENS, _("Residents of a neighbourhood (PLP)")),
    (Partnership.Kind.TRADERS, _("Shops and the self-employed (PLP-I)")),
    (Partnership.Kind.SECTORAL, _("Businesses of one sector (sectoral PLP)")),
]


class InitiatorNoteForm(Form):
    """What the initiator ticks for those who prepare the partnership, and tells the police."""

    read_rules = frozenset()  # the police alone read it

    acts = forms.MultipleChoiceField(
        label=_("What you did"),
        choices=InitiatorAct.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Whoever prepares the partnership sees these ticks."),
    )
    place = forms.CharField(
        required=False,
        label=_("The room, if you reserved one"),
        help_text=_("For example: parish hall, first floor."),
        max_length=120,
    )
    street = forms.CharField(required=False, label=_("Its street, number and town"), max_length=200)
    words = forms.CharField(
        required=False,
        label=_("Tell the police"),
        help_text=_(
            "Which streets had their letters, and on which day; when the room is free; how many people help. Do not "
            "name or describe anybody. At most 600 characters."
        ),
        max_length=MOST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean(self) -> dict[str, Any]:
        """Something is ticked or told."""
        typed: dict[str, Any] = self.cleaned_data
        if typed.get("street") and not typed.get("place"):
            self.add_error("place", _("Name the room."))
        if not self.errors and not any(typed.get(name) for name in ("acts", "words", "place")):
            self.add_error("words", _("Tick what you did, or write it."))
        return typed


class IdeaDetailsForm(Form):
    """Step 2: from whom, which kind, in one's own words; contact only if one likes. ``homepage`` is for robots."""

    read_rules = frozenset()  # the police alone read it

    origin = forms.ChoiceField(
        label=_("From whom does the idea come?"), choices=Idea.Origin.choices, widget=forms.RadioSelect
    )
    kind = forms.ChoiceField(label=_("For whom?"), choices=KINDS, initial="plp", widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("Your idea"),
        help_text=_("Why here, and what would you like? Do not name or describe anybody. At most 1500 characters."),
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    email = forms.CharField(
        label=_("Your e-mail address"),
        help_text=_("Only to tell you that there is an answer."),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    telephone = forms.RegexField(
        TELEPHONE,
        label=_("Your telephone number"),
        help_text=_("If the police may call you about it."),
        error_messages={"invalid": _("Write a telephone number with digits, for example 0470 12 34 56.")},
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    homepage = RobotTrapField()

    def clean_email(self) -> str:
        """The address in the normal form of its channel."""
        typed, channel = self.cleaned_data["email"], key_and_channel_for_email()
        if not typed or channel is None:
            return ""
        try:
            return channel[1].normalise(typed)
        except BadAddress as bad:
            raise forms.ValidationError(bad.in_words()) from bad


class HomeSurveyForm(Form):
    """The code of a home and its answers: as on paper, all but the one on support may stay open."""

    code = forms.CharField(
        label=_("Code of your letter"),
        help_text=_("Nine letters and digits, on the letter that you received."),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "class": "code"}),
    )

    def __init__(self, *args: Any, survey: Survey, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = survey.question_labels(language)
        for key, label in self.asked.items():
            self.fields[key] = forms.ChoiceField(
                label=label,
                choices=survey.answer_choices(key),
                widget=forms.RadioSelect,
                required=key == ALWAYS,
            )

    @property
    def answers(self) -> dict[str, str]:
        """Question to answer, of those that were answered."""
        return {key: self.cleaned_data[key] for key in self.asked if self.cleaned_data[key]}

    def clean(self) -> dict[str, Any]:
        """Nothing is counted before every question of this survey was shown: the code tells which it has."""
        shown = self.data.get("shown")
        if shown is not None and not set(self.asked) <= set(shown.split()):
            raise forms.ValidationError(_("This survey has more questions. Answer those you wish, then send again."))
        return self.cleaned_data
