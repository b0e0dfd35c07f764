"""The forms of measures: days and choices; the only words are those of the person concerned."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plp.measures.ladders import Rung
from plp.measures.models import Appeal
from plp.measures.refusals import NoGround
from plp.measures.rules import MOST_WORDS
from plp.measures.states import MeasureGround
from plp.people.models import Person
from plp.portal.shell.fields import day_field
from plp.portal.shell.forms import Form
from plp.toolbox.words import alphabetical_key


class OpenMeasuresFileForm(Form):
    """About whom."""

    person = forms.ChoiceField(label=_("About whom?"))

    def __init__(self, data: Any = None, *, persons: Iterable[Person]) -> None:
        super().__init__(data)
        self.known = {str(one.pk): one for one in persons}
        names = sorted(((key, one.name) for key, one in self.known.items()), key=lambda pair: alphabetical_key(pair[1]))
        self.fields["person"].choices = [("", _("Choose a name")), *names]  # type: ignore[attr-defined]

    @property
    def chosen_person(self) -> Person:
        """The person."""
        return self.known[self.cleaned_data["person"]]


class RecordTalkForm(Form):
    """When the talk was, and whether they came."""

    held_on = day_field(_("Day of the talk"))
    came = forms.ChoiceField(
        label=_("Did it take place?"),
        choices=[("yes", _("Yes, we talked")), ("no", _("No, the person was invited and did not come"))],
        widget=forms.RadioSelect,
    )


class ProposeMeasureForm(Form):
    """For which reasons, of which day."""

    grounds = forms.MultipleChoiceField(
        label=_("Why?"),
        help_text=_("Choose one or more. Nothing else is written down: no details, no names, no suspicion."),
        choices=MeasureGround.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    happened_on = day_field(
        _("Day of what happened"), help_text=_("Leave it blank if it was more than once."), required=False
    )

    def __init__(self, data: Any = None, *, rung: Rung) -> None:
        super().__init__(data)
        self.must = rung.must
        if rung.must:
            self.fields["grounds"].help_text = _(
                "Choose one or more. By the rules of the FPS Interior the serious harm to the partnership must be "
                "among them. Nothing else is written down: no details, no names, no suspicion."
            )

    def clean_grounds(self) -> list[str]:
        """The reasons, among them the one without which this step is not taken."""
        grounds: list[str] = self.cleaned_data["grounds"]
        if self.must and self.must not in grounds:
            raise forms.ValidationError(NoGround.sentence)
        return grounds


class SignMeasureForm(Form):
    """One's name under the letter that was shown."""

    fingerprint = forms.CharField(max_length=64, widget=forms.HiddenInput)
    words_fingerprint = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    read = forms.BooleanField(label=_("I read what stands on this page, and I agree with the measure"))


class CopyForm(Form):
    """When the copy left."""

    on = day_field(_("Day on which the copy was sent"))


class LodgeForm(Form):
    """An appeal that came in."""

    way = forms.ChoiceField(label=_("How was it sent?"), choices=Appeal.Way.choices, widget=forms.RadioSelect)
    sent_on = day_field(_("Day on which it was sent"), help_text=_("For a letter: the date of the postmark."))


class DecideAppealForm(Form):
    """What the authority decides."""

    words_fingerprint = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label=_("What do you decide?"),
        choices=[
            ("upheld", _("The appeal is accepted: the function is given back")),
            ("rejected", _("The appeal is rejected: the removal stays")),
        ],
        widget=forms.RadioSelect,
    )


class SayForm(Form):
    """The words of the person concerned."""

    read_rules = frozenset()  # whoever is concerned is heard in their own words

    words = forms.CharField(
        label=_("How do you see it?"),
        help_text=_("At most 3000 characters. What is sent stays as it is; you can add something later."),
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
