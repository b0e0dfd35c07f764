"""Joining on one page, then the codes (R63-R65, R68). Nobody learns here who is a member already (T13)."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plp.channels.webpush.keys import public_key
from plp.followup.rules.terms import ENROLMENT_DAYS
from plp.mandates.queries import has_coordinator
from plp.membership.firms import invited_firm
from plp.membership.street_recruits import partnership_of_street_code, street_of_code
from plp.partnership import queries
from plp.people.retention_terms import shortest_terms_by_kind
from plp.places.queries import streets_of
from plp.portal.shell.codes import CodeForm, confirm_contact_by_typed_code
from plp.portal.shell.guards import public
from plp.portal.shell.language_switch import pop_values_typed_before_switch
from plp.portal.shell.moved_addresses import redirect_if_moved
from plp.portal.shell.own_contacts import add_confirmed_push_device
from plp.portal.shell.requests import PortalRequest, success
from plp.portal.subjects.partnership import join_draft
from plp.portal.subjects.partnership.join_form import JoinForm
from plp.portal.subjects.partnership.page_texts import internal_rules_in_force, text_blocks
from plp.protection.retention_text import privacy_notice_values


@public
@redirect_if_moved
def fill_in_and_send_join_request(request: PortalRequest, key: str) -> HttpResponse:
    """One page: who and where, how to be reached, what one accepts. Then it is sent."""
    partnership = get_object_or_404(queries.public_partnerships(), key=key)
    own = internal_rules_in_force(partnership)
    initial = join_draft.load_join_draft(request, partnership) | pop_values_typed_before_switch(request)
    form = JoinForm(
        request.POST or None,
        partnership=partnership,
        rules=own.version,
        initial=initial,
        colleague_of=join_draft.firm_of_link(request, partnership),
    )
    if request.method == "POST" and form.is_valid():
        join_draft.submit_join_request(request, partnership, form=form)
        return redirect("partnership:confirm", key)
    texts = {name: text_blocks(name) for name in ("conduct", "rules")}
    texts["privacy"] = text_blocks("privacy", **privacy_notice_values(shortest_terms_by_kind()))
    context = {"form": form, "partnership": partnership, "name": partnership.name(), "own": own}
    return render(request, "partnership/join.html", context | texts | {"kept_form": "join"})


@public
@redirect_if_moved
def join_by_street_link(request: PortalRequest, key: str, code: str) -> HttpResponse:
    """The link on the papers of a street: the form, with that street chosen. An unknown code leads to the form too."""
    partnership = get_object_or_404(queries.public_partnerships(), key=key)
    street = street_of_code(streets_of(partnership.area), code)
    if street is not None:
        join_draft.save_recruiting_street(request, partnership, street)
        return redirect("partnership:join", key)
    other = partnership_of_street_code(code, partnership.area)
    if other is not None and other.pk != partnership.pk:  # the street went to a neighbour
        return redirect("partnership:join_street", other.key, code)
    return redirect("partnership:join", key)


@public
def join_by_firm_link(request: PortalRequest, key: str, firm: str, signature: str) -> HttpResponse:
    """The link of a firm for a colleague: the form, with its door. An old or wrong one leads to the form too."""
    partnership = get_object_or_404(queries.public_partnerships(), key=key)
    known = invited_firm(partnership, firm, signature, at=request.at)
    if known is not None:
        join_draft.save_firm_of_link(request, partnership, known)
    return redirect("partnership:join", key)


@public
def redirect_to_join_form(request: PortalRequest, key: str) -> HttpResponse:
    """The second and third step of before: the form is one page now."""
    return redirect("partnership:join", key)


@public
@redirect_if_moved
def enter_join_confirmation_codes(request: PortalRequest, key: str) -> HttpResponse:
    """Type the codes that were sent. The page is the same whoever is known."""
    partnership = get_object_or_404(queries.public_partnerships(), key=key)
    asked = join_draft.typed_addresses_with_channel_labels(request, partnership)
    if not asked:
        return redirect("partnership:join", key)
    place = int(request.POST.get("place", "0")) if request.POST.get("place", "0").isdecimal() else 0
    for number, one in enumerate(asked):
        data = request.POST if request.method == "POST" and number == place else None
        one["form"] = CodeForm(data, auto_id=f"id_{number}_%s")
        if (
            data
            and one["form"].is_valid()
            and confirm_contact_by_typed_code(
                request, contacts=join_draft.contacts_of_typed_address(one), form=one["form"]
            )
        ):
            join_draft.save_confirmed_address(request, partnership, number)
            return redirect("partnership:confirm", key)
    waiting = [one for one in asked if one["by_code"] and not one.get("confirmed")]
    offers = (
        bool(settings.PUSH_HOSTS) and not waiting and join_draft.newcomer_for_push(request, partnership) is not None
    )
    context = {
        "asked": asked,
        "done": not waiting,
        "partnership": partnership,
        "has_coordinator": has_coordinator(partnership.area, at=request.at),
    }
    context["push_key"] = public_key() if offers else ""
    return render(request, "partnership/join_confirm.html", context | {"days": ENROLMENT_DAYS})


@public
@require_POST
def turn_on_newcomer_notifications(request: PortalRequest, key: str) -> HttpResponse:
    """Turn notifications on at the end of joining, in the browser that typed the code."""
    partnership = get_object_or_404(queries.public_partnerships(), key=key)
    person = join_draft.newcomer_for_push(request, partnership)
    if not settings.PUSH_HOSTS or person is None:
        raise Http404
    add_confirmed_push_device(person, subscription=request.POST.get("subscription", ""), at=request.at)
    return success(
        request, _("Notifications are on. To get them before all else, put this way first."), "partnership:confirm", key
    )
