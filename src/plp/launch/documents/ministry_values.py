"""What letter and sheet tell FPS Interior: why they come, and of the founding only what has happened."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plp.charter.models import Amendment, Deed
from plp.charter.queries import amendments_of
from plp.documents import Lines, Value
from plp.launch.queries.facts import partnership_facts
from plp.partnership.models import Partnership
from plp.partnership.states import State

MINISTRY_PLACES = frozenset({"register_reason", "register_request", "enclosures"})
SIGNED = frozenset({Deed.Kind.CHARTER, Deed.Kind.RULES})  # without both there is no file
REASONS: Mapping[str, Any] = MappingProxyType(  # by the state of the partnership
    {
        State.DORMANT: gettext_lazy("The partnership rests"),
        State.MERGED: gettext_lazy("The partnership merged with another one"),
        State.ENDED: gettext_lazy("The partnership ended"),
    }
)
CONFIRMED: Mapping[tuple[str, ...], Any] = MappingProxyType(  # the facts of the plan that make a sentence true
    {
        ("police_consulted", "authority_consulted"): gettext_lazy("The municipality and the police were consulted."),
        ("administrative_contacted", "judicial_contacted"): gettext_lazy(
            "The administrative and judicial authorities were informed."
        ),
        ("area_informed", "evening_invited"): gettext_lazy(
            "Everybody in the area was informed and invited to an information evening."
        ),
        ("partnership_approved", "coordinator_approved"): gettext_lazy(
            "Those present approved the partnership, its objectives and the coordinator."
        ),
        ("coordinator_screened",): gettext_lazy("The police checked the coordinator. The outcome allows the office."),
        ("contacts_complete", "plan_agreed", "financing_complete"): gettext_lazy(
            "The charter holds the contacts, the communication plan and the financing plan."
        ),
    }
)


def untold_changes_and_last_day(partnership: Partnership, signed: Collection[str]) -> tuple[list[str], date | None]:
    """The causes of what changed in an active partnership since the signature and the ministry was not told yet, and
    the day on which it was last told of a change.
    """
    if partnership.state != State.ACTIVE or Deed.Kind.CHARTER not in signed:
        return [], None
    rows = list(amendments_of(partnership).values_list("cause", "interior_told_on"))
    waiting = {cause for cause, told_on in rows if told_on is None}
    last_told_on = max((told_on for _cause, told_on in rows if told_on), default=None)
    return [cause for cause in Amendment.Cause.values if cause in waiting], last_told_on


def confirmed_fact_sentences(
    partnership: Partnership, signed: Collection[str], changes: Collection[str], *, at: datetime
) -> list[Any]:
    """What the letter of a first recognition confirms: only what is so. Nothing before both papers are signed."""
    if changes or partnership.state in REASONS or not set(signed) >= SIGNED:
        return []
    keys = {key for facts in CONFIRMED for key in facts}
    days = partnership_facts(partnership, at=at, fact_keys=keys).days
    return [sentence for facts, sentence in CONFIRMED.items() if set(facts) <= days.keys()]


def ministry_values(partnership: Partnership, signed: Collection[str], changes: Collection[str]) -> dict[str, Value]:
    """The value of each of ``MINISTRY_PLACES`` in the active language. ``signed``: the kinds of deeds that are;
    ``changes``: what the letter tells of, as in ``untold_changes_and_last_day``; none means the first recognition.
    """
    reason = REASONS.get(partnership.state)
    if changes:
        reason = _("change: %s") % ", ".join(str(Amendment.Cause(cause).label) for cause in changes)
    if reason is not None:
        request = _("We ask you to bring the register up to date.")
    elif set(signed) >= SIGNED:
        request = _(
            "We send you the signed charter and the internal rules. We ask you to check them and to enter the "
            "partnership in the register of recognised partnerships."
        )
    else:
        request = _("Draft: charter and internal rules are not signed yet.")
    papers = {
        Deed.Kind.CHARTER: _("Local charter"),
        Deed.Kind.RULES: _("Internal rules"),
        "register_sheet": _("Sheet for the federal register"),
    }
    return {
        "register_reason": str(reason or _("New partnership")),
        "register_request": request,
        "enclosures": Lines(list(papers.values()), [key not in SIGNED or key in signed for key in papers]),
    }
