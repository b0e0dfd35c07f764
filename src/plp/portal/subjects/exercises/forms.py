"""The forms of the exercises: the fields of a real report, and a message that the real check reads."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plp.portal.shell.forms import Form
from plp.portal.subjects.exercises.cases import Exercise
from plp.sightings.facts import FIELDS
from plp.wording.check import check, rule_advice, rule_reason

JUDGEMENTS = frozenset({"asserts_guilt", "ethnic_profiling", "rumour", "sensitive_data"})  # rules, in a report
LEAST_WORDS = 8  # of a message that says what happened, where and what to do


class ReportExerciseForm(Form):
    """The facts that this kind of report asks for; each that the case holds must be told, and no judgement."""

    read_rules = frozenset()  # what is wrong in them is what one learns

    def __init__(self, *args: Any, exercise: Exercise, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.exercise, self.language = exercise, language
        missing = {fact.field: fact.missing for fact in exercise.facts}
        for fact in FIELDS[exercise.kind].facts:
            box = forms.Textarea(attrs={"rows": fact.rows}) if fact.rows > 1 else forms.TextInput()
            self.fields[fact.key] = forms.CharField(
                label=fact.label,
                help_text=fact.hint,
                max_length=fact.most,
                required=fact.key in missing,
                error_messages={"required": missing.get(fact.key, "")},
                widget=box,
            )

    def clean(self) -> None:
        """Say at its field what is missing, and which words judge somebody."""
        for fact in self.exercise.facts:
            typed = self.cleaned_data.get(fact.field, "").casefold()
            if fact.field not in self.errors and not any(word in typed for word in fact.words):
                self.add_error(fact.field, fact.missing)
        for name, typed in list(self.cleaned_data.items()):
            for finding in check(typed, language=self.language, kind="coordinator_note", any_language=True).findings:
                if finding.rule in JUDGEMENTS:
                    self.add_error(name, f"“{finding.excerpt}”: {rule_advice(finding.rule, self.language)}")


class MessageExerciseForm(Form):
    """A message; the check of the real composer reads it."""

    read_rules = frozenset()  # what is wrong in them is what one learns

    words = forms.CharField(
        label=gettext_lazy("Your message"), max_length=320, widget=forms.Textarea(attrs={"rows": 8})
    )

    def __init__(self, *args: Any, exercise: Exercise, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"words": exercise.begin}, **kwargs})
        self.exercise, self.language = exercise, language

    def clean_words(self) -> str:
        """The words, if the check finds nothing in them."""
        typed = str(self.cleaned_data["words"])
        report = check(typed, language=self.language, kind=self.exercise.kind)
        if report.verdict != "ok":
            rules = dict.fromkeys(finding.rule for finding in report.findings)
            raise forms.ValidationError(
                [f"{rule_reason(rule, self.language)} {rule_advice(rule, self.language)}" for rule in rules]
            )
        if len(typed.split()) < LEAST_WORDS:
            raise forms.ValidationError(_("Say what happened, where, when, and what to do."))
        return typed


class DecisionExerciseForm(Form):
    """Questions with one right answer each: whatever else is chosen is answered by the reason."""

    def __init__(self, *args: Any, exercise: Exercise, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.exercise, self.language = exercise, language
        for question in exercise.questions:
            self.fields[question.key] = forms.ChoiceField(
                label=question.words,
                choices=question.answers,
                widget=forms.RadioSelect,
                error_messages={"required": gettext_lazy("Choose an answer.")},
            )

    def clean(self) -> None:
        """Say at its question why another answer is right."""
        for question in self.exercise.questions:
            if question.key not in self.errors and self.cleaned_data[question.key] != question.right:
                self.add_error(question.key, question.reason)


def form_class_of(exercise: Exercise) -> type[ReportExerciseForm | MessageExerciseForm | DecisionExerciseForm]:
    """By what an exercise is done: decisions, the facts of a report, or the words of a message."""
    if exercise.questions:
        return DecisionExerciseForm
    return ReportExerciseForm if exercise.facts else MessageExerciseForm
