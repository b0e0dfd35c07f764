"""Forms of a rota: a week pattern, and to whom hours go."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from plp.mandates.models import Rota, Shift
from plp.mandates.rota_letters import hours_in_words
from plp.mandates.rota_patterns import AS_WEEKDAY, IN_TURN, LEAVE, NOBODY, WeekPattern
from plp.people.models import Person
from plp.portal.shell.fields import day_field, hour_field
from plp.portal.shell.forms import Form

THREE_MONTHS = timedelta(days=90)
DAY_STARTS, DAY_ENDS, ANSWER_MINUTES = time(8), time(20), 15
LEAST_MINUTES, MOST_MINUTES = 5, 240
GIVEN, SWAPPED = "person", "shift"  # what a choice of whoever takes hours over begins with


class WeekPatternForm(Form):
    """A week, from a day to a day: the same hours each day, and a person for each."""

    first = day_field(_("First day"))
    last = day_field(_("Last day"))
    day_starts = hour_field(_("From what time"))
    day_ends = hour_field(_("Until what time"), _("An earlier time, or the same, means the next day."))
    answer_minutes = forms.IntegerField(
        label=_("Minutes until the next person is told"),
        min_value=LEAST_MINUTES,
        max_value=MOST_MINUTES,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, rota: Rota | None, people: Sequence[Person], today: date, **kwargs: Any) -> None:
        hours = (
            (rota.day_starts, rota.day_ends, rota.answer_minutes) if rota else (DAY_STARTS, DAY_ENDS, ANSWER_MINUTES)
        )
        begins = dict(zip(("day_starts", "day_ends", "answer_minutes"), hours, strict=True))
        super().__init__(*args, **{"initial": {"first": today, "last": today + THREE_MONTHS, **begins}, **kwargs})
        self.people = people
        in_turn = [(IN_TURN, _("in turn, a week each"))] if len(people) > 1 else []
        named_people = [(str(person.pk), person.name) for person in people]
        choices = [*in_turn, *named_people, (NOBODY, _("nobody: the whole desk"))]
        stays = [(LEAVE, _("as it is"))] if rota else []
        usual = LEAVE if rota else choices[0][0]
        for number, name in WEEKDAYS.items():
            self.fields[f"day_{number}"] = forms.ChoiceField(
                label=capfirst(str(name)), choices=[*stays, *choices], initial=usual, required=not rota
            )
        self.fields["holiday"] = forms.ChoiceField(
            label=_("Public holidays"), choices=[(AS_WEEKDAY, _("as the day of the week")), *choices]
        )

    def pattern(self) -> WeekPattern:
        """The week as the action takes it."""
        told = self.cleaned_data
        return WeekPattern(
            first=told["first"],
            last=told["last"],
            day_starts=told["day_starts"],
            day_ends=told["day_ends"],
            weekdays=[told[f"day_{number}"] for number in WEEKDAYS],
            holiday=told["holiday"],
            people=[person.pk for person in self.people],
        )


class HandOverShiftForm(Form):
    """Who takes hours over: for nothing, or for hours of theirs."""

    def __init__(self, *args: Any, people: Sequence[Person], shifts: Sequence[Shift], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        self.shifts = {str(shift.pk): shift for shift in shifts}
        for_nothing = [(f"{GIVEN}:{key}", person.name) for key, person in self.people.items()]
        swaps = [
            (
                f"{SWAPPED}:{key}",
                _("%(name)s, for %(hours)s")
                % {
                    "name": self.people[str(shift.person_id)].name,
                    "hours": hours_in_words(shift.starts_at, shift.ends_at),
                },
            )
            for key, shift in self.shifts.items()
        ]
        groups = [(_("Without exchange"), for_nothing), (_("In exchange for their hours"), swaps)]
        choices = [("", _("Choose")), *(group for group in groups if group[1])]
        self.fields["to"] = forms.ChoiceField(label=_("Who takes them over?"), choices=choices)

    def taker_and_shift(self) -> tuple[Person, Shift | None]:
        """Who takes them, and which hours they give."""
        kind, _colon, key = self.cleaned_data["to"].partition(":")
        shift = self.shifts[key] if kind == SWAPPED else None
        return self.people[str(shift.person_id) if shift else key], shift
