"""The forms of the evaluation."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from plp.evaluation.models import Report
from plp.evaluation.questionnaire import ANSWERS, QUESTIONS, SINCE, SINCE_ASKED
from plp.evaluation.sections import MOST_NUMBER, MOST_WORDS, NUMBERS, SECTIONS


def day(label: Any, **more: Any) -> forms.DateField:
    """A date, with the browser's own calendar."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


class BeginForm(forms.Form):
    """The last day of the period."""

    until = day(_("Last day of the period"), help_text=_("The report counts everything up to and including this day."))


class DueForm(forms.Form):
    """Another due day."""

    due_on = day(_("Due day of the next evaluation"))


class ReportForm(forms.Form):
    """The words of a report, a field for each part and language, and the officer's numbers."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, report: Report) -> None:
        super().__init__(data, initial=self._kept(report))
        self.report = report
        names = dict(settings.LANGUAGES)
        for key, section in SECTIONS.items():
            for code in report.languages:
                self.fields[f"{key}_{code}"] = forms.CharField(
                    label=f"{section.title} ({names[code]})",
                    help_text=section.help,
                    max_length=MOST_WORDS,
                    required=False,
                    widget=forms.Textarea(attrs={"rows": 6, "lang": code}),
                )
        for key, label in NUMBERS.items():
            self.fields[key] = forms.IntegerField(
                label=label,
                help_text=_("Figure from the police. Leave it blank if nobody counted."),
                min_value=0,
                max_value=MOST_NUMBER,
                required=False,
            )

    @staticmethod
    def _kept(report: Report) -> dict[str, Any]:
        words = {f"{key}_{code}": text for code, told in report.words.items() for key, text in told.items()}
        return {**words, **report.typed, "seen": report.version}

    def words(self) -> dict[str, dict[str, str]]:
        """Language to part to text."""
        return {code: {key: self.cleaned_data[f"{key}_{code}"] for key in SECTIONS} for code in self.report.languages}

    def typed(self) -> Mapping[str, int | None]:
        """The officer's numbers."""
        return {key: self.cleaned_data[key] for key in NUMBERS}


class SignForm(forms.Form):
    """One's name under the very files that were shown."""

    fingerprint = forms.CharField(max_length=64, widget=forms.HiddenInput)
    read = forms.BooleanField(label=_("I have read the report and I agree with it"))


class OpenForm(forms.Form):
    """A new survey of the members."""

    copies = forms.IntegerField(
        label=_("How many forms?"), help_text=_("One for each member, and a few more."), min_value=1, max_value=9999
    )
    last_day = day(_("Last day to answer on screen"))


class AnswerForm(forms.Form):
    """One form of the survey: its code, one answer to each question, the years of membership."""

    code = forms.CharField(
        label=_("Code of the form"),
        help_text=_("Nine letters and digits, on the form that you received."),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "class": "code"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, label in QUESTIONS.items():
            self.fields[key] = forms.ChoiceField(label=label, choices=list(ANSWERS.items()), widget=forms.RadioSelect)
        self.fields["since"] = forms.ChoiceField(
            label=SINCE_ASKED, choices=list(SINCE.items()), widget=forms.RadioSelect
        )

    @property
    def given(self) -> dict[str, Any]:
        """Code, answers and years, as the actions take them."""
        told = self.cleaned_data
        return {"code": told["code"], "answers": {key: told[key] for key in QUESTIONS}, "since": told["since"]}
