"""The forms of the evaluation."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from plp.evaluation.actions.objectives import MOST_WORDS as MOST_TASK_WORDS
from plp.evaluation.indicators import MOST_TARGET, SOURCES
from plp.evaluation.models import Report
from plp.evaluation.queries.objectives import IndicatorChoice
from plp.evaluation.questionnaire import ANSWERS, QUESTIONS, SINCE, SINCE_ASKED
from plp.evaluation.sections import MOST_NUMBER, MOST_WORDS, NUMBERS, SECTIONS
from plp.followup.models import Activity
from plp.partnership.models import Statement
from plp.portal.shell.fields import day_field
from plp.portal.shell.forms import Form


class BeginReportForm(Form):
    """The last day of the period."""

    until = day_field(
        _("Last day of the period"), help_text=_("The report counts everything up to and including this day.")
    )


class DueForm(Form):
    """Another due day."""

    due_on = day_field(_("Due day of the next evaluation"))


class ReportForm(Form):
    """The words of a report, a field for each part and language, and the officer's numbers."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, report: Report) -> None:
        super().__init__(data, initial=self._initial_values(report))
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
    def _initial_values(report: Report) -> dict[str, Any]:
        words = {f"{key}_{code}": text for code, told in report.words.items() for key, text in told.items()}
        return {**words, **report.typed, "seen": report.version}

    def texts_by_language(self) -> dict[str, dict[str, str]]:
        """Language to part to text."""
        return {code: {key: self.cleaned_data[f"{key}_{code}"] for key in SECTIONS} for code in self.report.languages}

    def police_numbers(self) -> Mapping[str, int | None]:
        """The officer's numbers."""
        return {key: self.cleaned_data[key] for key in NUMBERS}


class IndicatorForm(Form):
    """A target, a day, the objective of the charter that it serves; not followed when the box is empty."""

    is_followed = forms.BooleanField(label=_("We follow this"), required=False)
    target = forms.IntegerField(label=_("Target"), min_value=0, max_value=MOST_TARGET)
    due_on = day_field(_("By when"), required=False, help_text=_("Left blank: by the next evaluation."))
    objective = forms.ChoiceField(label=_("Objective of the charter"), required=False)

    def __init__(
        self, data: Any = None, *, choice: IndicatorChoice, statements: Sequence[Statement], language: str
    ) -> None:
        row = choice.indicator
        initial = {
            "is_followed": True,
            "target": choice.target,
            "due_on": choice.due_on,
            "objective": row.objective_id if row else None,
        }
        super().__init__(data, initial=initial)
        self.statements = {str(statement.pk): statement for statement in statements}
        self.fields["target"].help_text = choice.source.unit.label
        spoken = statements[0].partnership.languages if statements else []
        texts = [(key, statement.text_in("text", language, spoken)) for key, statement in self.statements.items()]
        self.fields["objective"].choices = [("", choice.source.objective), *texts]  # type: ignore[attr-defined]

    @property
    def indicator_values(self) -> dict[str, Any]:
        """What the action takes."""
        return {**self.cleaned_data, "objective": self.statements.get(self.cleaned_data.get("objective", ""))}


class ReportTaskForm(Form):
    """What is to be done, whose it is, by when."""

    source = forms.ChoiceField(
        choices=[("", ""), *((key, key) for key in SOURCES)], required=False, widget=forms.HiddenInput
    )
    words = forms.CharField(label=_("What is to be done?"), max_length=MOST_TASK_WORDS, required=False)
    side = forms.ChoiceField(label=_("Whose task is it?"), choices=Activity.Side)
    due_on = day_field(_("By when"), required=False, help_text=_("Left blank: in three months."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].required = not self.data.get("source")  # the objective of one touch says it by itself


class OutcomeForm(Form):
    """What came of a task."""

    outcome = forms.CharField(
        label=_("What came of it?"),
        help_text=_("One sentence for the next evaluation. You may leave it blank. Name nobody."),
        max_length=MOST_TASK_WORDS,
        required=False,
    )


class SignReportForm(Form):
    """One's name under the very files that were shown."""

    fingerprint = forms.CharField(max_length=64, widget=forms.HiddenInput)
    read = forms.BooleanField(label=_("I have read the report and I agree with it"))


class OpenMemberSurveyForm(Form):
    """A new survey of the members."""

    copies = forms.IntegerField(
        label=_("How many forms?"), help_text=_("One for each member, and a few more."), min_value=1, max_value=9999
    )
    last_day = day_field(_("Last day to answer on screen"))


class MemberSurveyAnswerForm(Form):
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
    def survey_answers(self) -> dict[str, Any]:
        """Code, answers and years, as the actions take them."""
        told = self.cleaned_data
        return {"code": told["code"], "answers": {key: told[key] for key in QUESTIONS}, "years": told["since"]}
