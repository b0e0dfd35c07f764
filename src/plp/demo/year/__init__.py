"""A year of life in the quarters: everything that happened since the launch, in the order in which it happened."""

from datetime import datetime, timedelta
from functools import partial
from itertools import groupby

from django.db import transaction

from plp.demo.quarter import Quarter
from plp.demo.year.followup import followup_acts
from plp.demo.year.membership import membership_acts
from plp.demo.year.message_calendar import DatedAct
from plp.demo.year.messages import message_acts
from plp.demo.year.requests_and_meetings import request_and_meeting_acts
from plp.evening.actions import note_decision_done
from plp.evening.models import Decision
from plp.launch.actions import life
from plp.mandates.confirmations import confirm_mandates
from plp.mandates.grants import POLICE
from plp.mandates.queries import mandates_in_force
from plp.mandates.rules import OFFICES
from plp.mandates.terms import mandates_to_confirm
from plp.places.models import Area

SETTLED_IN = timedelta(days=4)  # from the launch to the first message
RECENT = timedelta(days=26)  # the last weeks are told by ``recent_weeks``
SILENT = timedelta(days=100)  # no message for so long where a quarter fell silent


def play_year(quarters: list[Quarter], *, at: datetime) -> int:
    """Play the year of all quarters up to the last weeks; answer how many things happened.

    The order is that of time, across the quarters: the clocks see everybody at the same moment.
    """
    dated_acts = [
        dated for number, quarter in enumerate(quarters) for dated in _dated_acts_of_year(quarter, number, at)
    ]
    ordered = sorted(dated_acts, key=lambda dated: dated[0])
    for _month, acts in groupby(ordered, key=lambda dated: (dated[0].year, dated[0].month)):
        with transaction.atomic():
            for moment, act in acts:
                act(moment)
    return len(ordered)


def _dated_acts_of_year(quarter: Quarter, number: int, at: datetime) -> list[DatedAct]:
    """What happens in one quarter; the last one fell silent."""
    begins, recent = quarter.launched + SETTLED_IN, at - RECENT
    falls_silent = at - SILENT if quarter.setting.is_silent else recent
    return [
        (begins, partial(_mark_evening_agreements_done, quarter)),
        *message_acts(quarter, begins=begins, ends=falls_silent, days_later=number),
        *membership_acts(quarter, begins=begins, ends=recent),
        *request_and_meeting_acts(quarter, begins=begins, ends=recent),
        *followup_acts(quarter, begins=begins, ends=recent),
        (recent, partial(_confirm_mandates, quarter)),
        *([] if quarter.setting.is_silent else [(recent, partial(_confirm_partnership_works, quarter))]),
    ]


def _mark_evening_agreements_done(quarter: Quarter, at: datetime) -> None:
    """What the evening agreed on is done: the charter is signed by then."""
    for decision in Decision.objects.filter(meeting__partnership=quarter.partnership, done_at=None):
        note_decision_done(decision=decision, by=quarter.officer, at=at)


def _confirm_mandates(quarter: Quarter, at: datetime) -> None:
    """Everybody goes on for a year: the officer says so here, the operator of the offices above."""
    confirm_mandates(mandates=mandates_to_confirm(quarter.officer, at=at), by=quarter.officer, at=at)
    offices = mandates_in_force(at).filter(role__in={*POLICE, *OFFICES})
    confirm_mandates(
        mandates=offices.filter(area__in=Area.objects.containing(quarter.partnership.area.path)), by=None, at=at
    )


def _confirm_partnership_works(quarter: Quarter, at: datetime) -> None:
    """The officer confirms that the partnership still works (R148)."""
    life.record_yearly_confirmation(partnership=quarter.partnership, by=quarter.officer, at=at)
