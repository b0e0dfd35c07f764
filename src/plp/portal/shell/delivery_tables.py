"""What became of one message as a file for a spreadsheet: counts of people, by channel, and no name (R80, T27)."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from plp.delivery.installed import channels
from plp.delivery.queries import Tally, sum_tallies, tallies_by_channel
from plp.journal.actions import note
from plp.notices.models import Notice
from plp.portal.shell.requests import StaffRequest
from plp.portal.shell.share_bars import all_delivery_parts
from plp.portal.shell.spreadsheets import spreadsheet


def journalled_delivery_table(request: StaffRequest, notice: Notice, form: str, *, by_channel: bool) -> HttpResponse:
    """The figures of the page about a relayed ``notice``; that they were taken out stands in the journal.

    ``by_channel``: a line for each channel above the sum, for whoever reads on their page which channel failed. A copy
    that waits for somebody who wants to be left alone stands where the page counts it (T14).
    """
    found = tallies_by_channel(notice.relay.message)
    whole = sum_tallies(found.values())
    heads = [_("Channel"), _("People"), *(one.label.capitalize() for one in all_delivery_parts(whole))]
    lines = _tallies_by_channel_label(found) if by_channel else {}
    rows = [_delivery_table_row(label, one) for label, one in [*lines.items(), (_("All channels"), whole)]]
    answer = spreadsheet(form, heads, rows, name="deliveries")
    area = notice.partnership.area.path
    note(verb="notice.deliveries_taken_out", by=request.person, at=request.at, area=area, target=notice, form=form)
    return answer


def _tallies_by_channel_label(tallies: Mapping[str, Tally]) -> dict[str, Tally]:
    known = channels()
    return {str(known[key].label) if key in known else key: one for key, one in tallies.items()}


def _delivery_table_row(label: str, tally: Tally) -> list[Any]:
    return [label, tally.audience, *(one.number for one in all_delivery_parts(tally))]
