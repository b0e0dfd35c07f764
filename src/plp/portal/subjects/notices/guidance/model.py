"""The decision model in words and in forms."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plp.charter.kinds import KINDS
from plp.notices.rules.decision_model import THREATS, TIMES, URGENCIES, VICTIMS, Guideline
from plp.notices.subjects import FACTS
from plp.portal.shell.forms import Form

NO_MESSAGE = ("", gettext_lazy("No message"))
KIND_CHOICES = [NO_MESSAGE, *((key, kind.label) for key, kind in KINDS.items() if not kind.needs_origin)]
CONDITIONS: tuple[tuple[str, Any, Mapping[str, Any]], ...] = (
    ("subjects", gettext_lazy("What is it about?"), dict(FACTS)),
    ("times", gettext_lazy("When?"), TIMES),
    ("victims", gettext_lazy("Who could be affected?"), VICTIMS),
    ("threats", gettext_lazy("What counts most now?"), THREATS),
)


@dataclass(frozen=True)
class GuidelineSentence:
    """A rule on the page: its number, what must hold, and what it proposes."""

    number: int
    when: list[tuple[Any, list[Any]]]
    only_priority: bool
    kind: Any
    urgency: Any


def guideline_sentences(rules: Iterable[Guideline]) -> list[GuidelineSentence]:
    """The rules as one reads them."""
    return [
        GuidelineSentence(
            number,
            [
                (label, [words[key] for key in keys])
                for name, label, words in CONDITIONS
                if (keys := getattr(rule, name))
            ],
            rule.only_priority,
            KINDS[rule.kind].label if rule.kind else "",
            URGENCIES[rule.urgency],
        )
        for number, rule in enumerate(rules, 1)
    ]


def _multiple_choice_field(
    label: Any, words: Iterable[tuple[str, Any]], help_text: Any = ""
) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=list(words), required=False, widget=forms.CheckboxSelectMultiple, help_text=help_text
    )


class HabitsForm(Form):
    """What the zone puts first, and when its infoflash is made."""

    priorities = _multiple_choice_field(gettext_lazy("Priorities of the zone"), FACTS)
    weekday = forms.TypedChoiceField(
        label=gettext_lazy("Day of the digest"),
        help_text=gettext_lazy("On that day, at eight in the morning, what was gathered becomes a draft."),
        coerce=int,
        choices=list(WEEKDAYS.items()),
    )


class GuidelineForm(Form):
    """One rule: nothing ticked in a question means that every answer will do."""

    subjects = _multiple_choice_field(CONDITIONS[0][1], CONDITIONS[0][2].items())
    times = _multiple_choice_field(CONDITIONS[1][1], TIMES.items())
    victims = _multiple_choice_field(CONDITIONS[2][1], VICTIMS.items())
    threats = _multiple_choice_field(CONDITIONS[3][1], THREATS.items())
    only_priority = forms.BooleanField(
        label=gettext_lazy("Only when the subject is a priority of the zone"), required=False
    )
    urgency = forms.ChoiceField(
        label=gettext_lazy("How urgent?"), widget=forms.RadioSelect, choices=list(URGENCIES.items())
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind of message"), required=False, choices=KIND_CHOICES)

    def __init__(self, data: Any = None, *, rule: Guideline | None) -> None:
        super().__init__(data, initial=rule.as_json() if rule else {})

    def clean(self) -> dict[str, Any]:
        """A message has a kind; no message has none."""
        given = dict(super().clean() or {})
        if given.get("urgency") == "none":
            given["kind"] = ""
        elif "urgency" in given and not given.get("kind"):
            self.add_error("kind", _("Choose the kind of message that this rule proposes."))
        return given

    def rule(self) -> Guideline:
        """The rule of a valid form."""
        return Guideline.from_json(self.cleaned_data)
