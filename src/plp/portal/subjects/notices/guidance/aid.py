"""The questions of the decision aid and its proposal in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plp.charter.kinds import KINDS
from plp.notices.models import Notice, Withholding
from plp.notices.queries.guidance import decision_model_of_zone_around
from plp.notices.queries.reach import neighbouring_quarters
from plp.notices.rules.decision_model import (
    REACHES,
    THREATS,
    TIMES,
    URGENCIES,
    VICTIMS,
    MessageProposal,
    SituationFacts,
    propose_message_for_facts,
)
from plp.notices.subjects import FACTS, OTHER
from plp.partnership.models import Partnership
from plp.portal.shell.forms import Form
from plp.portal.subjects.notices.forms import QuarterField, quarter_label
from plp.portal.subjects.notices.guidance.model import GuidelineSentence, guideline_sentences

WIDER_REACHES = ("around", "zone")  # those that name other quarters of one's own
ANSWERS: dict[str, dict[str, Any]] = {"subject": dict(FACTS), "time": TIMES, "victims": VICTIMS, "threat": THREATS}


class SituationFactsForm(Form):
    """Questions on the facts, none on a person."""

    subject = forms.ChoiceField(label=gettext_lazy("What is it about?"), choices=FACTS)
    time = forms.ChoiceField(label=gettext_lazy("When?"), widget=forms.RadioSelect, choices=list(TIMES.items()))
    victims = forms.ChoiceField(
        label=gettext_lazy("Who could be affected?"), widget=forms.RadioSelect, choices=list(VICTIMS.items())
    )
    threat = forms.ChoiceField(
        label=gettext_lazy("What counts most now?"), widget=forms.RadioSelect, choices=list(THREATS.items())
    )
    reach = forms.ChoiceField(
        label=gettext_lazy("How far does it reach?"), widget=forms.RadioSelect, choices=list(REACHES.items())
    )

    def __init__(self, *given: Any, quarters: Any, language: str, **named_ones: Any) -> None:
        super().__init__(*given, **named_ones)
        where = QuarterField(
            label=gettext_lazy("Where?"),
            queryset=quarters,
            language=language,
            empty_label=gettext_lazy("Choose the neighbourhood"),
        )
        self.fields = {"partnership": where, **self.fields}
        if len(quarters) == 1:  # nothing else of one's own that a wider reach could name
            own = [(key, label) for key, label in REACHES.items() if key not in WIDER_REACHES]
            self.fields["reach"].choices = own  # type: ignore[attr-defined]

    def facts(self) -> SituationFacts:
        """The answers."""
        return SituationFacts(
            **{name: self.cleaned_data[name] for name in ("subject", "time", "victims", "threat", "reach")}
        )


class CountWithholdingForm(Form):
    """No message, and which of the two reasons."""

    because = forms.ChoiceField(
        label=gettext_lazy("Why is nothing sent?"), widget=forms.RadioSelect, choices=Withholding.Because.choices
    )

    def __init__(self, *given: Any, quarters: Any, language: str, **named_ones: Any) -> None:
        super().__init__(*given, **named_ones)
        self.fields["partnership"] = QuarterField(
            label=gettext_lazy("Neighbourhood"),
            queryset=quarters,
            language=language,
            empty_label=gettext_lazy("Choose the neighbourhood"),
        )


@dataclass(frozen=True)
class ShownProposal:
    """The proposal, ready for the page. ``go_on`` is the address where it is written, filled in."""

    place: Partnership
    kind: Any
    urgency: Any
    reason: Any
    because: list[str]
    quarters: list[str]
    rule: GuidelineSentence | None
    has_no_other_quarter: bool
    is_beyond: bool
    is_bundle: bool
    says: bool
    go_on: str


def build_proposal(form: SituationFactsForm, quarters: Iterable[Partnership], language: str) -> ShownProposal:
    """What the model of the zone proposes for the answers of a valid form."""
    facts, place = form.facts(), form.cleaned_data["partnership"]
    model = decision_model_of_zone_around(place.area)
    is_traders = place.kind == Partnership.Kind.TRADERS
    proposal = propose_message_for_facts(facts, model.guidelines, model.priorities, is_traders=is_traders)
    others = other_quarters_concerned(place, facts, list(quarters))
    return ShownProposal(
        place=place,
        kind=KINDS[proposal.kind].label if proposal.kind else "",
        urgency=URGENCIES[proposal.urgency],
        reason=dict(Notice.Reason.choices)[proposal.reason],
        because=_reason_sentences(proposal),
        quarters=[quarter_label(one, language) for one in (place, *others)],
        rule=guideline_sentences(model.guidelines)[proposal.number - 1] if proposal.number else None,
        has_no_other_quarter=facts.reach in WIDER_REACHES and not others,
        is_beyond=facts.reach == "beyond",
        is_bundle=proposal.urgency == "bundle",
        says=proposal.urgency != "none",
        go_on=_url_of_prefilled_new_message(facts, proposal, place, others),
    )


def other_quarters_concerned(
    quarter: Partnership, facts: SituationFacts, quarters: Sequence[Partnership]
) -> list[Partnership]:
    """The other quarters that the answers point at; what hits shops alone goes to the partnerships of traders."""
    if facts.reach == "quarter":
        return []
    others = [one for one in quarters if one.pk != quarter.pk]
    found = neighbouring_quarters(quarter, others) if facts.reach == "around" else others
    traders = [one for one in found if one.kind == Partnership.Kind.TRADERS]
    return traders if facts.victims == "traders" and traders else found


def _reason_sentences(proposal: MessageProposal) -> list[str]:
    """Why: the answers that made the rule fit."""
    if proposal.number == 0:
        return [_("No rule of the zone fits these answers.")]
    facts = {
        "priority": _("The subject is a priority of the zone."),
        "traders": _("Shops get what is not urgent in one message."),
    }
    return [
        facts.get(question) or _("You answered: %(answer)s.") % {"answer": ANSWERS[question][answer]}
        for question, answer in proposal.because
    ]


def _url_of_prefilled_new_message(
    facts: SituationFacts, proposal: MessageProposal, quarter: Partnership, others: Sequence[Partnership]
) -> str:
    """The page of a new message, filled in: keys of quarters, kind, reason and template, no fact."""
    given: dict[str, Any] = {
        "partnership": quarter.pk,
        "also": [one.pk for one in others],
        "kind": proposal.kind or "advice",
        "reason": proposal.reason,
        "subject": "" if facts.subject == OTHER else facts.subject,
    }
    return f"{reverse('notices:write:new')}?{urlencode(given, doseq=True)}"
