"""Finding what an address names, within the scope of whoever asks: absent and foreign answer the same 404 (T10)."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from plp.evaluation.models import Report
from plp.evaluation.queries.reports import evaluation_cycle_of, launched_partnerships_in_scope
from plp.mandates.grants import Permission
from plp.partnership.models import Partnership
from plp.portal.shell.requests import StaffRequest

WRITE, READ, TRAIL = Permission.EVALUATION_WRITE, Permission.EVALUATION_READ, Permission.TRAIL_READ


def launched_partnership_or_404(request: StaffRequest, key: str, permission: Permission) -> Partnership:
    """The launched partnership over which the person holds ``permission``."""
    return get_object_or_404(launched_partnerships_in_scope(request.person, permission, at=request.at), key=key)


def unfiled_report_or_404(request: StaffRequest, partnership_key: str) -> Report:
    """The report that is written or waits for signatures, for those who write it."""
    partnership = launched_partnership_or_404(request, partnership_key, WRITE)
    cycle = evaluation_cycle_of(partnership)
    if cycle is None or cycle.report is None:
        raise Http404
    cycle.report.partnership = partnership
    return cycle.report


def has_write_right(request: StaffRequest, partnership: Partnership) -> bool:
    """Whether the person also writes the evaluation of this partnership."""
    return launched_partnerships_in_scope(request.person, WRITE, at=request.at).filter(pk=partnership.pk).exists()
