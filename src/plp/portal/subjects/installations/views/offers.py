"""A message of another installation: read it, then make a draft of it or refuse it with a reason."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plp.charter.kinds import KINDS
from plp.exchange import actions as exchange
from plp.exchange.models import SupralocalOffer
from plp.exchange.queries import offer_title_in_language_or_any, offers_to_answer, partnerships_to_accept_for
from plp.mandates.grants import Permission
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.installations.forms import OfferAcceptForm, RefuseOfferForm

WRITE = Permission.NOTICE_WRITE


@needs(WRITE)
def accept_offered_message(request: StaffRequest, key: UUID) -> HttpResponse:
    """Read it, and choose for which neighbourhoods it becomes a draft of one's own."""
    offer = get_object_or_404(offers_to_answer(request.person, at=request.at), pk=key)
    form = OfferAcceptForm(
        request.POST if request.method == "POST" else None,
        partnerships=partnerships_to_accept_for(request.person, offer, at=request.at),
        language=get_language() or "fr",
        is_bound_to_first=_corrects_relayed_message(offer),
    )
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data.get("partnerships", [])
        notice = exchange.accept_offer_and_draft_notice(
            offer=offer, partnerships=chosen, by=request.person, at=request.at
        )
        return success(
            request,
            _("It is a draft now. Read it, complete it and offer it for release."),
            "notices:write:edit",
            notice.pk,
        )
    return _offered_message_page(request, offer, form, RefuseOfferForm())


@needs(WRITE)
def refuse_offered_message(request: StaffRequest, key: UUID) -> HttpResponse:
    """Not take it over, with a reason that its police read."""
    offer = get_object_or_404(offers_to_answer(request.person, at=request.at), pk=key)
    refusal_form = RefuseOfferForm(request.POST if request.method == "POST" else None)
    if refusal_form.is_valid():
        exchange.refuse_offer(
            offer=offer, because=refusal_form.cleaned_data["because"], by=request.person, at=request.at
        )
        return success(request, _("Refused. The police who wrote it read your reason."), "notices:desk:desk")
    partnerships = partnerships_to_accept_for(request.person, offer, at=request.at)
    language = get_language() or "fr"
    form = OfferAcceptForm(
        partnerships=partnerships, language=language, is_bound_to_first=_corrects_relayed_message(offer)
    )
    return _offered_message_page(request, offer, form, refusal_form)


def _corrects_relayed_message(offer: SupralocalOffer) -> bool:
    """Whether it corrects what was relayed here already: then it goes to the same neighbourhoods."""
    return bool(offer.corrects and offer.corrects.notice and offer.corrects.notice.relayed_at)


def _offered_message_page(
    request: StaffRequest, offer: SupralocalOffer, form: OfferAcceptForm, refusal_form: RefuseOfferForm
) -> HttpResponse:
    language = get_language() or "fr"
    context = {
        "offer": offer,
        "title": offer_title_in_language_or_any(offer, language),
        "kind": KINDS[offer.kind],
        "texts": sorted(offer.texts.items()),
        "form": form,
        "refusal_form": refusal_form,
    }
    return render(request, "installations/offer.html", context)
