"""The sheet of an evening as one page: its forms, what does not add up between them, the sheet that they make."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from plp.evening.models import AgendaPoint, Meeting
from plp.evening.queries import presence_counts
from plp.evening.queries.sheet_votes import sheet_votes
from plp.evening.rules import VoteCounts
from plp.evening.sheet import EveningSheet
from plp.portal.shell import fields
from plp.portal.shell.forms import Form
from plp.portal.subjects.evening.forms.sheet_lines import (
    AgreementLines,
    CandidateLines,
    ObjectiveLines,
    OpinionLines,
    SheetLineForm,
    VolunteerLines,
)
from plp.portal.subjects.evening.forms.sheet_sections import SheetSection, sheet_sections
from plp.portal.subjects.evening.forms.sheet_votes import SheetVoteForm, vote_fault_in_words
from plp.toolbox.clock import local
from plp.toolbox.moves import Refused

FOUNDING = ("registrations", "contribution", "launch_on")  # fields that only an information evening has
FIRST_DAY = _("This day is before the meeting.")


# Of each set of lines: its key, its title, what to know, how many empty lines are shown at once.
GROUPS = (
    ("candidates", _("Votes on people who stood at the evening"), "", 0),
    ("volunteers", _("Who wants to help"), "", 2),
    ("objectives", _("Objectives that the evening added"), _("They go on into the charter."), 1),
    ("agreements", _("Agreements"), "", 3),
    ("opinions", _("Opinions"), "", 2),
)


@dataclass(frozen=True)
class SheetLineGroup:
    """A set of lines on the page: the first ones, and more behind a fold that is open when something stands there."""

    title: Any
    hint: Any
    lines: Any
    empty_lines: int
    key: str

    @property
    def shown_lines(self) -> list[SheetLineForm]:
        """The lines that are always shown: what is kept, and some empty ones."""
        return self.lines.forms[: self.lines.initial_form_count() + self.empty_lines]

    @property
    def folded_lines(self) -> list[SheetLineForm]:
        """The lines behind the fold."""
        return self.lines.forms[self.lines.initial_form_count() + self.empty_lines :]

    @property
    def is_fold_open(self) -> bool:
        """Whether something was typed behind the fold."""
        return any(form[form.main].value() or form.errors for form in self.folded_lines)


class SheetForm(Form):
    """Presence and points: what every sheet has."""

    language = forms.ChoiceField(label=_("In which language do you write?"), choices=())
    persons = fields.number_field(_("People on the list on paper"), 5_000)
    registrations = fields.number_field(_("Registration forms on paper"), 5_000, required=False)
    contribution = forms.DecimalField(
        label=_("Contribution, euros a member a year"),
        help_text=_("0: none. Leave it empty if nobody spoke of it. It goes on into the financing plan."),
        required=False,
        max_digits=6,
        decimal_places=2,
        min_value=0,
    )
    launch_on = fields.day_field(
        _("Day of the launch"), required=False, help_text=_("It goes on into calendar and press text.")
    )

    def __init__(self, data: Any, *, meeting: Meeting, language: str) -> None:
        people = presence_counts(meeting)
        self.on_screen = people.screen
        self.points = list(meeting.points.all())
        self.meeting_on = local(meeting.starts_at).date()
        initial: dict[str, Any] = {"registrations": meeting.forms or None, "persons": people.paper or None}
        initial |= {"contribution": meeting.contribution, "launch_on": meeting.launch_on}
        initial["language"] = language if language in meeting.languages else meeting.languages[0]
        super().__init__(data, initial=initial)
        names = dict(settings.LANGUAGES)
        choices = [(code, names[code]) for code in meeting.languages]
        self.fields["language"].choices = choices  # type: ignore[attr-defined]
        if not meeting.is_information:
            for name in FOUNDING:
                del self.fields[name]
        for point in self.points:
            self._add_point_fields(point)

    def _add_point_fields(self, point: AgendaPoint) -> None:
        label = f"{point.position}. {point.name}"
        ticked = forms.BooleanField(label=label, required=False, initial=point.ticked_at is not None)
        self.fields[f"ticked-{point.position}"] = ticked
        said = fields.multiline_field(_("What was said"), 4_000, required=False, initial=point.record)
        said.widget.attrs["rows"] = 2
        self.fields[f"said-{point.position}"] = said

    def point_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Of each point its tick and its words."""
        return [(self[f"ticked-{point.position}"], self[f"said-{point.position}"]) for point in self.points]

    def clean(self) -> dict[str, Any]:
        """Every point was discussed: ticked, or something was said; nothing starts before the evening."""
        typed: dict[str, Any] = self.cleaned_data
        for point in self.points:
            if not typed.get(f"ticked-{point.position}") and not typed.get(f"said-{point.position}"):
                words = _("Tick it if it was discussed, or write what was said.")
                self.add_error(f"ticked-{point.position}", words)
        if (typed.get("launch_on") or self.meeting_on) < self.meeting_on:
            self.add_error("launch_on", FIRST_DAY)
        return typed

    @property
    def people_in_room(self) -> int | None:
        """Everybody in the room, on paper and on telephones; ``None`` while it is not known."""
        return None if "persons" in self.errors else self.cleaned_data["persons"] + self.on_screen


class SheetForms:
    """The whole page: the form that every sheet has, its votes, its sets of lines."""

    def __init__(self, data: Any, *, meeting: Meeting, language: str) -> None:
        self.meeting = meeting
        self.main = SheetForm(data, meeting=meeting, language=language)
        votes = sheet_votes(meeting)
        self.votes = [SheetVoteForm(data, vote=vote) for vote in votes if vote.is_open_to_typing]
        self.counted = [vote for vote in votes if not vote.is_open_to_typing]
        self.has_votes = bool(votes) or meeting.is_information
        self.candidates = CandidateLines(data, prefix="candidate")
        kept_offers = _initial_lines(meeting.offers, "name", "reach", "tasks")
        self.volunteers = VolunteerLines(data, prefix="volunteer", initial=kept_offers)
        self.objectives = ObjectiveLines(data, prefix="objective")
        kept_decisions = _initial_lines(meeting.decisions, "about", "words", "owner", "due")
        self.agreements = AgreementLines(data, prefix="agreement", initial=kept_decisions)
        kept_opinions = _initial_lines(meeting.opinions.exclude(about=""), "about", "view", "name")
        self.opinions = OpinionLines(data, prefix="opinion", initial=kept_opinions)

    @property
    def line_formsets(self) -> tuple[Any, ...]:
        """The sets of lines in the order of the paper."""
        return self.candidates, self.volunteers, self.objectives, self.agreements, self.opinions

    @property
    def all_forms(self) -> list[forms.BaseForm]:
        """Every form of the page, in the order of the paper."""
        return [self.main, *self.votes, *(form for lines in self.line_formsets for form in lines.forms)]

    @property
    def line_groups(self) -> list[SheetLineGroup]:
        """The sets of lines with their titles."""
        return [
            SheetLineGroup(title, hint, lines, shown, key)
            for (key, title, hint, shown), lines in zip(GROUPS, self.line_formsets, strict=True)
        ]

    @property
    def sections(self) -> dict[str, SheetSection]:
        """The parts of the page that fold, each with what is still open in it."""
        return sheet_sections(self)

    @property
    def faulty_forms(self) -> list[forms.BaseForm]:
        """The forms on which something is wrong."""
        return [form for form in self.all_forms if form.is_bound and form.errors]

    def is_valid(self) -> bool:
        """Whether everything adds up; else each form says at its field what does not."""
        wrong: list[Any] = [form for form in (*self.all_forms, *self.line_formsets) if not form.is_valid()]
        fitting = (
            self._do_votes_fit_people_or_add_errors(),
            self._do_candidate_votes_fit_or_add_errors(),
            self._are_agreement_dates_possible_or_add_errors(),
        )  # each says it
        return not wrong and all(fitting)

    def add_refusal_at_field_of_its_words(self, refused: Refused) -> None:
        """Say what was refused at the field that holds its words; at the head of the page where none does."""
        held = refused.details.get("words", "")
        for form in self.all_forms if held else ():
            for name, typed in form.cleaned_data.items():
                if isinstance(typed, str) and held in typed:
                    form.add_error(name, refused.in_words())
                    return
        self.main.add_error(None, refused.in_words())

    def _do_votes_fit_people_or_add_errors(self) -> bool:
        """No vote differs from the people in the room without a second look."""
        people, one_each = self.main.people_in_room, self.meeting.voters == Meeting.Voters.PERSON
        if people is None:
            return False
        complete_forms = [form for form in self.votes if not form.errors]
        return not [
            form for form in complete_forms if not form.do_counts_add_up_or_add_error(people, one_each=one_each)
        ]

    def _do_candidate_votes_fit_or_add_errors(self) -> bool:
        """No more votes on a new candidate than people."""
        people, fits = self.main.people_in_room, True
        for form in _filled_lines(self.candidates):
            counts = VoteCounts() if form.errors else form.typed_line().counts
            if people is not None and counts.cast > people:
                form.add_error("yes", vote_fault_in_words("more", counts, people))
                fits = False
        return fits

    def _are_agreement_dates_possible_or_add_errors(self) -> bool:
        """Nothing is to be done before it was agreed."""
        first, fits = local(self.meeting.starts_at).date(), True
        for form in _filled_lines(self.agreements):
            if (form.cleaned_data.get("due") or first) < first:
                form.add_error("due", FIRST_DAY)
                fits = False
        return fits

    def evening_sheet(self) -> EveningSheet:
        """What was typed."""
        typed = self.main.cleaned_data
        votes = {form.vote.key: form.counts() for form in self.votes}
        return EveningSheet(
            persons=typed["persons"],
            forms=typed.get("registrations") or 0,
            language=typed["language"],
            points={point.position: typed[f"said-{point.position}"] for point in self.main.points},
            votes={key: counts for key, counts in votes.items() if counts is not None},
            candidates=[form.typed_line() for form in _filled_lines(self.candidates)],
            volunteers=[form.typed_line() for form in _filled_lines(self.volunteers)],
            objectives=[form.cleaned_data["words"] for form in _filled_lines(self.objectives)],
            agreements=[form.typed_line() for form in _filled_lines(self.agreements)],
            contribution=typed.get("contribution"),
            launch_on=typed.get("launch_on"),
            opinions=[form.typed_line() for form in _filled_lines(self.opinions)],
        )


def _filled_lines(lines: Any) -> list[Any]:
    """The lines on which something stands."""
    return [form for form in lines.forms if form.is_in_use]


def _initial_lines(rows: Any, *names: str) -> list[dict[str, Any]]:
    """What is kept already, for the lines to begin with."""
    return [{name: getattr(row, name) for name in names} | {"row": row.pk} for row in rows.order_by("pk")]
