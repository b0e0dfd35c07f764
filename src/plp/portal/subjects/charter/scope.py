"""Finding what an address names, within the scope of whoever asks: absent and foreign answer the same 404 (T10)."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language

from plp.charter.models import Clause, Deed
from plp.charter.queries import deed_in_preparation_or_signed, deed_versions, partnerships_with_writable_charter
from plp.partnership.models import Partnership
from plp.portal.shell.requests import PortalRequest, StaffRequest


def writable_partnership_or_404(request: StaffRequest, key: str) -> Partnership:
    """The partnership, if the person writes its charter."""
    return get_object_or_404(partnerships_with_writable_charter(request.person, at=request.at), key=key)


def latest_deed_or_404(request: StaffRequest, partnership_key: str, kind: str) -> Deed:
    """The version of charter or rules that one works on, else the one that holds."""
    partnership = writable_partnership_or_404(request, partnership_key)
    deed = deed_in_preparation_or_signed(partnership, kind) if kind in Deed.Kind.values else None
    if deed is None:
        raise Http404
    return deed


def version_or_404(request: StaffRequest, partnership_key: str, kind: str, number: int) -> Deed:
    """One version, present or past."""
    if kind not in Deed.Kind.values:
        raise Http404
    return get_object_or_404(deed_versions(writable_partnership_or_404(request, partnership_key), kind), version=number)


def clause_or_404(request: StaffRequest, partnership_key: str, kind: str, clause_key: str) -> Clause:
    """One clause of that version."""
    deed = latest_deed_or_404(request, partnership_key, kind)
    found = get_object_or_404(deed.clauses.all(), key=clause_key)
    found.deed = deed
    return found


def reading_language(request: PortalRequest, languages: list[str]) -> str:
    """The language to read a text in: the one asked for, else that of the page, else the text's first."""
    for wanted in (request.GET.get("language"), get_language()):
        if wanted in languages:
            return str(wanted)
    return languages[0] if languages else "fr"
