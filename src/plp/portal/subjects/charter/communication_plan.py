"""The communication plan on the page: rows in words, the form of a row, the simulation, the comparison."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import get_language_info, gettext
from django.utils.translation import gettext_lazy as _

from plp.charter.actions import FAULT_WORDS
from plp.charter.kinds import CHOICES, KINDS, MessageKind, Office
from plp.charter.models import CommunicationPlan, PlanRule
from plp.charter.plan_in_words import (
    channels_in_words,
    deadline_or_working_day_in_words,
    roles_in_words,
    rule_sentences,
    silence_in_words,
    supralocal_in_words,
)
from plp.charter.queries import rules_of_plan
from plp.charter.rules import (
    MessageRule,
    SimulatedMessage,
    is_same_text,
    plan_rule_faults,
    simulate_message,
    text_differences,
)
from plp.charter.rules.plan import LONGEST_SILENCE, LONGEST_TERM, SHORTEST_SILENCE, SHORTEST_TERM
from plp.delivery.installed import channels, planned_channels
from plp.mandates.grants import POLICE, Permission, Role, roles_with
from plp.portal.shell.fields import hour_field
from plp.portal.shell.forms import Form
from plp.portal.subjects.charter.presentation import ComparisonRow

DAYS = [
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
    (6, _("Sunday")),
]
RELAYING = (Role.COORDINATOR, Role.DEPUTY, Role.COMMITTEE)


@dataclass(frozen=True)
class MessageRuleRow:
    """How one kind travels, in sentences."""

    kind: MessageKind
    rule: MessageRule
    sentences: list[str]


def message_rule_rows(rules: Sequence[MessageRule]) -> list[MessageRuleRow]:
    """The rows of the plan in the order of the kinds."""
    known = {rule.kind: rule for rule in rules}
    return [MessageRuleRow(kind, known[key], rule_sentences(known[key])) for key, kind in KINDS.items() if key in known]


def _term_in_minutes_field(label: Any) -> forms.IntegerField:
    """Minutes after which somebody else is told."""
    return forms.IntegerField(label=label, min_value=SHORTEST_TERM, max_value=LONGEST_TERM, required=False)


class TrialForm(Form):
    """A message that one imagines."""

    kind = forms.ChoiceField(label=_("Kind of message"), choices=CHOICES)
    day = forms.TypedChoiceField(label=_("Day"), choices=DAYS, coerce=int)
    time = hour_field(_("Time"))


@dataclass(frozen=True)
class Trial:
    """What would become of it. ``course`` is ``None`` when the plan says nothing of this kind."""

    label: Any
    day: Any
    course: SimulatedMessage | None
    route: list[str]
    channels: str


def simulate_trial(rules: Sequence[MessageRule], form: TrialForm, today: datetime) -> Trial:
    """The course of the imagined message, on the next such day."""
    given = form.cleaned_data
    ahead = today + timedelta(days=(given["day"] - today.weekday()) % 7)
    moment = ahead.replace(hour=given["time"].hour, minute=given["time"].minute, second=0, microsecond=0)
    rule = next((one for one in rules if one.kind == given["kind"]), None)
    return Trial(
        label=KINDS[given["kind"]].label,
        day=dict(DAYS)[given["day"]],
        course=simulate_message(rule, moment) if rule else None,
        route=_roles_on_route(rule) if rule else [],
        channels=channels_in_words(rule.channels) if rule else "",
    )


def _roles_on_route(rule: MessageRule) -> list[str]:
    """Who has it in their hands, one after the other."""
    stations = [roles_in_words(rule.writers), roles_in_words(rule.releasers)]
    return stations if rule.route == PlanRule.Route.DIRECT else [*stations, roles_in_words(rule.relayers)]


class PlanRuleForm(Form):
    """One row of the plan."""

    route = forms.ChoiceField(label=_("Route"), widget=forms.RadioSelect, choices=PlanRule.Route.choices)
    writers = forms.MultipleChoiceField(label=_("Who writes it?"), widget=forms.CheckboxSelectMultiple)
    releasers = forms.MultipleChoiceField(label=_("Who releases it?"), widget=forms.CheckboxSelectMultiple)
    relayers = forms.MultipleChoiceField(
        label=_("Who relays it to the members?"), widget=forms.CheckboxSelectMultiple, required=False
    )
    hours_from = hour_field(_("Not before"), required=False)
    hours_until = hour_field(_("Not after"), required=False)
    expiry_minutes = forms.IntegerField(
        label=_("Not sent any more after (minutes)"), min_value=10, max_value=60 * 24 * 30, required=False
    )
    feedback_hours = forms.IntegerField(
        label=_("Feedback within (hours)"), min_value=1, max_value=24 * 30, required=False
    )
    answers_narrowed = forms.BooleanField(label=_("Answers go to the police alone"), required=False)
    acknowledged = forms.BooleanField(label=_("Members can say in one touch that they read it"), required=False)
    release_minutes = _term_in_minutes_field(_("The chief is told when nobody released it after (minutes)"))
    relay_minutes = _term_in_minutes_field(_("It goes to the next one when nobody relayed it after (minutes)"))
    required_languages = forms.MultipleChoiceField(
        label=_("It leaves only once it is written in"),
        help_text=_("None ticked: one language is enough, and the others read that it is not theirs."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, data: Any = None, *, rule: MessageRule) -> None:
        self.start = rule
        initial = {name: getattr(rule, name) for name in self.base_fields}
        initial |= {f"channel_{place}": key for place, key in enumerate(rule.channels, start=1)}
        super().__init__(data, initial=initial)
        self._set_role_choices("writers", roles_with(Permission.NOTICE_WRITE))
        self._set_role_choices("releasers", [role for role in Role if role in POLICE])
        self._set_role_choices("relayers", list(RELAYING))
        ways_known = [("", _("none")), *((key, channel.label) for key, channel in planned_channels().items())]
        self.channel_places = range(1, max(len(planned_channels()), len(rule.channels)) + 1)
        for place in self.channel_places:
            self.fields[f"channel_{place}"] = forms.ChoiceField(
                label=_("Means %d") % place, choices=ways_known, required=place == 1
            )
        for name in ("release_minutes", "relay_minutes"):
            self.fields[name].help_text = _("Empty, as proposed: %s.") % deadline_or_working_day_in_words(
                rule.default_term_minutes
            )
        self.fields["required_languages"].choices = [  # type: ignore[attr-defined]
            (code, get_language_info(code)["name_translated"]) for code in rule.languages
        ]
        if KINDS[rule.kind].urgent:
            del self.fields["hours_from"], self.fields["hours_until"]
        if KINDS[rule.kind].answers_to == Office.POLICE:
            del self.fields["answers_narrowed"]

    def _set_role_choices(self, field_name: str, roles: Sequence[Role]) -> None:
        self.fields[field_name].choices = [(role.value, role.label) for role in roles]  # type: ignore[attr-defined]

    def rule(self) -> MessageRule:
        """The row as it was filled in."""
        given = self.cleaned_data
        return replace(
            self.start,
            route=given["route"],
            writers=tuple(given["writers"]),
            releasers=tuple(given["releasers"]),
            relayers=tuple(given["relayers"]),
            channels=tuple(key for key in self._channel_key_or_empty_by_place() if key),
            hours_from=given.get("hours_from"),
            hours_until=given.get("hours_until"),
            expiry_minutes=given["expiry_minutes"],
            feedback_hours=given["feedback_hours"],
            release_minutes=given["release_minutes"],
            relay_minutes=given["relay_minutes"],
            required_languages=tuple(given["required_languages"]),
            answers_narrowed=given.get("answers_narrowed", False),
            acknowledged=given["acknowledged"],
        )

    def clean(self) -> dict[str, Any]:
        """A row that cannot work is refused here, so that nothing typed is lost."""
        if not self.errors:
            for fault in plan_rule_faults(self.rule(), installed=channels()):
                self.add_error(self._field_of_fault(fault), FAULT_WORDS[fault])
        return self.cleaned_data

    def _channel_key_or_empty_by_place(self) -> list[str]:
        """The means in their order, "" where none is chosen."""
        return [self.cleaned_data.get(f"channel_{place}", "") for place in self.channel_places]

    def _field_of_fault(self, fault: str) -> str | None:
        """The field at which a fault is said; ``None``: above the form."""
        if fault == "double_channel":
            means = self._channel_key_or_empty_by_place()
            return next(f"channel_{place + 1}" for place, key in enumerate(means) if key and key in means[:place])
        return "hours_until" if fault in {"half_hours", "equal_hours"} and "hours_until" in self.fields else None


class SilenceForm(Form):
    """After how long without a message both sides are told (R130)."""

    days = forms.IntegerField(
        label=_("Both sides are told after (days)"),
        help_text=_("Count from the last message that was relayed. A test message does not count."),
        min_value=SHORTEST_SILENCE,
        max_value=LONGEST_SILENCE,
    )


class SupralocalForm(Form):
    """Whether messages of other zones may be offered (R120)."""

    takes = forms.TypedChoiceField(
        label=_("Messages from other police zones"),
        choices=[("yes", _("may be offered: our police accept or refuse each")), ("no", _("are not taken over"))],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
    )


def compare_plans(old: CommunicationPlan | None, new: CommunicationPlan) -> list[ComparisonRow]:
    """Two plans kind by kind, in their sentences; then what holds for silence."""
    before = {row.rule.kind: " ".join(row.sentences) for row in message_rule_rows(rules_of_plan(old))} if old else {}
    rows = []
    for row in message_rule_rows(rules_of_plan(new)):
        pieces = text_differences(before.get(row.rule.kind, ""), " ".join(row.sentences))
        fate = "new" if row.rule.kind not in before else "same" if is_same_text(pieces) else "changed"
        rows.append(ComparisonRow(str(row.kind.label), pieces, fate))
    return [
        *rows,
        _comparison_row(
            gettext("If no message comes"),
            silence_in_words(old.silence_days) if old else "",
            silence_in_words(new.silence_days),
        ),
        _comparison_row(
            gettext("Messages from other police zones"),
            supralocal_in_words(old.takes_supralocal) if old else "",
            supralocal_in_words(new.takes_supralocal),
        ),
    ]


def _comparison_row(label: str, before: str, after: str) -> ComparisonRow:
    """One sentence of two plans; without one before, it is new."""
    pieces = text_differences(before, after)
    return ComparisonRow(label, pieces, "new" if not before else "same" if is_same_text(pieces) else "changed")
