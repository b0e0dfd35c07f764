"""What changed since the signature, and who was told (R95)."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from plp.charter import actions as charter
from plp.charter.letters import amendment_letter_to_interior
from plp.charter.models import Deed
from plp.charter.queries import amendments_of, charter_facts, deed_in_preparation, signed_deed
from plp.charter.queries.reviews import charter_review_day
from plp.mandates.grants import Permission
from plp.partnership.models import Partnership
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.charter.downloads import document_response
from plp.portal.subjects.charter.forms import ReviewForm, ToldForm
from plp.portal.subjects.charter.scope import reading_language, writable_partnership_or_404
from plp.toolbox.clock import local

WRITE = Permission.CHARTER_WRITE
MONTH = timedelta(days=30)


@needs(WRITE)
def amendments_page(request: StaffRequest, key: str) -> HttpResponse:
    """Each change with what was done about it, and the way to a new version."""
    partnership = writable_partnership_or_404(request, key)
    context = {
        "partnership": partnership,
        "held": signed_deed(partnership, Deed.Kind.CHARTER),
        "next": deed_in_preparation(partnership, Deed.Kind.CHARTER),
        "due": charter_facts(partnership).amendment_due,
        "changes": list(amendments_of(partnership)),
        **_review_day_context(partnership, request.at),
    }
    return render(request, "charter/changes.html", context)


def _review_day_context(partnership: Partnership, at: datetime) -> dict[str, Any]:
    """The day on which the charter is looked at again, and whether it is near."""
    day = charter_review_day(partnership)
    return {"review_on": day, "is_review_due": day is not None and day - local(at).date() <= MONTH}


@needs(WRITE)
def schedule_or_record_review(request: StaffRequest, key: str) -> HttpResponse:
    """Another day to look at the charter again; or it was looked at, and stays as it is."""
    partnership = writable_partnership_or_404(request, key)
    day = charter_review_day(partnership)
    if day is None:
        raise Http404
    if request.method == "POST" and "stays" in request.POST:
        charter.postpone_review_of_unchanged_charter(partnership=partnership, by=request.person, at=request.at)
        return success(request, _("Noted. The charter is looked at again in two years."), "charter:changes", key)
    form = ReviewForm(request.POST or None, initial={"review_on": day})
    if request.method == "POST" and form.is_valid():
        charter.set_charter_review_day(partnership=partnership, by=request.person, at=request.at, **form.cleaned_data)
        return success(request, _("Saved."), "charter:changes", key)
    return render(request, "charter/review.html", {"form": form, "partnership": partnership})


@needs(WRITE)
def interior_letter_file(request: StaffRequest, key: str, form: str) -> HttpResponse:
    """The letter to FPS Interior on what changed and was not told yet, to sign and send."""
    deed = signed_deed(writable_partnership_or_404(request, key), Deed.Kind.CHARTER)
    if deed is None:
        raise Http404
    document = amendment_letter_to_interior(deed, reading_language(request, deed.languages), at=request.at)
    return document_response(request, document, name=f"interior-{key}", form=form)


@needs(WRITE)
def record_amendment_letter_sent(request: StaffRequest, key: str, change: UUID) -> HttpResponse:
    """Note the letter to FPS Interior."""
    partnership = writable_partnership_or_404(request, key)
    amendment = get_object_or_404(amendments_of(partnership), pk=change)
    form = ToldForm(request.POST or None, initial={"on": local(request.at).date()})
    if request.method == "POST" and form.is_valid():
        charter.note_interior_told_of_amendment(
            amendment=amendment, by=request.person, at=request.at, **form.cleaned_data
        )
        return success(request, _("Noted."), "charter:changes", key)
    languages = amendment.deed.languages
    context = {"form": form, "partnership": partnership, "change": amendment, "languages": languages}
    return render(request, "charter/told.html", context)
