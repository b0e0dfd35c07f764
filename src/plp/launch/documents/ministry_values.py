"""What letter and sheet tell FPS Interior: why they come, and of the founding only what has happened."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from plp.charter.models import Amendment, Deed
from plp.charter.plan_in_words import lower_case_name_unless_acronym_or_german
from plp.charter.queries import amendments_of
from plp.documents import Lines, Value
from plp.documents.dates import date_format
from plp.launch.queries.facts import gather_partnership_facts
from plp.membership.models import Candidate
from plp.membership.states import Function
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
SCREENING_FACTS = ("coordinator_screened",)
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
        SCREENING_FACTS: gettext_lazy("The police checked the coordinator. The outcome allows the office."),
        ("contacts_complete", "plan_agreed", "financing_complete"): gettext_lazy(
            "The charter holds the contacts, the communication plan and the financing plan."
        ),
    }
)

SCREENED: Mapping[str, Any] = MappingProxyType(  # whom the police check
    {
        Function.COORDINATOR: gettext_lazy("the coordinator (outcome of %s)"),
        Function.DEPUTY: gettext_lazy("the deputy coordinator (outcome of %s)"),
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


def fact_keys_confirmed_to_ministry(
    partnership: Partnership, signed: Collection[str], changes: Collection[str], *, at: datetime
) -> list[tuple[str, ...]]:
    """What the letter of a first recognition confirms, as keys of ``CONFIRMED``: only what is so. Nothing before both
    papers are signed.
    """
    if changes or partnership.state in REASONS or not set(signed) >= SIGNED:
        return []
    keys = {key for facts in CONFIRMED for key in facts}
    days = gather_partnership_facts(partnership, at=at, fact_keys=keys).days
    return [facts for facts in CONFIRMED if set(facts) <= days.keys()]


def sentences_of_confirmed_facts(
    confirmed: Sequence[tuple[str, ...]], elected: Sequence[Candidate], sent_on: date | None
) -> list[str]:
    """The sentences of ``confirmed`` in the active language; with the day of each screening that the letter could know,
    and of its outcome no more than that it allows the office.
    """
    days = [(row.function, row.screened_on) for row in elected if row.function in SCREENED and row.screened_on]
    screened = [(function, day) for function, day in days if sent_on is None or day <= sent_on]
    sentences = dict(CONFIRMED)
    if any(function == Function.COORDINATOR for function, _day in screened):
        persons = [SCREENED[function] % date_format(day, "DATE_FORMAT") for function, day in dict.fromkeys(screened)]
        sentences[SCREENING_FACTS] = ngettext(
            "The police checked %s. The outcome allows the office.",
            "The police checked %s. The outcomes allow the office.",
            len(persons),
        ) % get_text_list(persons, _("and"))
    return [str(sentences[facts]) for facts in confirmed]


def values_of_ministry_placeholders(
    partnership: Partnership, signed: Collection[str], changes: Collection[str]
) -> dict[str, Value]:
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
        Deed.Kind.CHARTER: capfirst(_("local charter")),
        Deed.Kind.RULES: _("Internal rules"),
        "register_sheet": _("Sheet for the federal register, with the streets"),
    }
    return {
        "register_reason": lower_case_name_unless_acronym_or_german(str(reason or _("New partnership"))),
        "register_request": request,
        "enclosures": Lines(list(papers.values()), [key not in SIGNED or key in signed for key in papers]),
    }
