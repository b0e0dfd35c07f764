"""What everybody may know: which partnerships there are, whether a street is covered, whether a message is ours."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language

from plp.delivery import pages
from plp.delivery.queries import find_message
from plp.launch.documents.room_documents import coming_evening_with_public_page
from plp.launch.queries.facts import paths_of_zones_publishing_figures
from plp.launch.queries.paper_looks import authorities_of_quarter
from plp.membership.street_recruits import BANDS, street_progress
from plp.partnership import queries
from plp.people.retention_terms import shortest_terms_by_kind
from plp.places.gazetteer import municipalities_by_nis, municipality_name_in_one_language
from plp.places.queries import find_quarters_of_street_or_door, similar_street_names, streets_by_name
from plp.places.queries.coverage import covered_nis_codes
from plp.places.queries.emergency import help_numbers_in
from plp.portal.shell.guards import public
from plp.portal.shell.maps import public_quarters_map, public_streets_map, quarter_map
from plp.portal.shell.moved_addresses import redirect_if_moved
from plp.portal.shell.requests import PortalRequest
from plp.portal.subjects.partnership.forms import CheckCodeForm, StreetAndHouseForm
from plp.portal.subjects.partnership.join_draft import save_street_and_house
from plp.portal.subjects.partnership.page_texts import text_blocks, text_sections
from plp.protection.facts import data_recipient_rows
from plp.protection.retention import RULES
from plp.protection.retention_text import period_text, privacy_notice_values
from plp.toolbox.words import alphabetical_key

PER_PAGE = 30
UNFOLDED = 12  # streets of a list; the others are unfolded


@public
def partnership_list(request: PortalRequest) -> HttpResponse:
    """The partnerships that work, a page of names, and all that wish it on a map: no count, nobody's name."""
    language = get_language() or "fr"
    names = queries.names_and_keys_by_alphabet(queries.public_partnerships(), language)
    page = Paginator(names, PER_PAGE).get_page(request.GET.get("page"))
    partnerships = queries.public_partnerships().in_bulk([key for _name, key in page], field_name="key")
    context = {
        "page": page,
        "partnerships": [(name, partnerships[key]) for name, key in page],
        "has_open_figures": bool(paths_of_zones_publishing_figures()),
        "map": public_quarters_map(queries.public_partnerships(), language),
        "links": {key: pages.PARTNERSHIP.path(key) for _name, key in names},
    }
    return render(request, "partnership/partnerships.html", context)


@public
@redirect_if_moved
def partnership_page(request: PortalRequest, key: str) -> HttpResponse:
    """The page of one partnership (R3)."""
    found = get_object_or_404(queries.public_partnerships(), key=key)
    language = get_language() or "fr"
    places = [
        municipality_name_in_one_language(nis, language)
        for nis in sorted(covered_nis_codes(found.area) & {*municipalities_by_nis()})
    ]
    context = {
        "partnership": found,
        "name": found.name(language),
        "purpose": found.purpose.get(language) or next(iter(found.purpose.values()), ""),
        "places": [] if places == [found.name(language)] else places,  # its name says it already
        "map": quarter_map(found.area, language),
        "numbers": help_numbers_in(found.area, language),
        "about": text_sections("about"),
        "evening": coming_evening_with_public_page(found),
        "authorities": authorities_of_quarter(found.area, language),
        "page_link": pages.PARTNERSHIP.link(found.key),
    }
    return render(request, "partnership/partnership.html", context)


@public
@redirect_if_moved
def progress_of_streets_page(request: PortalRequest, key: str) -> HttpResponse:
    """How far each street is, for everybody and for the wall: no name, no number that could tell of a home."""
    found = get_object_or_404(queries.public_partnerships(), key=key)
    language = get_language() or "fr"
    progress = street_progress(found)
    named = [(row.street.name(language), row.public_minimum_of_members) for row in progress]
    rows = sorted(named, key=lambda row: (-row[1], alphabetical_key(row[0])))
    reached, open_streets = [row for row in rows if row[1]], [name for name, band in rows if not band]
    context = {
        "partnership": found,
        "name": found.name(language),
        "reached_rows": reached[:UNFOLDED],
        "further_rows": reached[UNFOLDED:],
        "open_streets": open_streets[:UNFOLDED],
        "further_streets": open_streets[UNFOLDED:],
        "most": BANDS[0],
        "map": public_streets_map(found.area, [row.street for row in progress], language),
        "reached": {str(row.street.pk) for row in progress if row.public_minimum_of_members},
    }
    return render(request, "partnership/streets.html", context)


@public
def find_partnership_of_street(request: PortalRequest) -> HttpResponse:
    """Is my street covered, and by which partnership (R4)? By POST: an address belongs in no log."""
    form = StreetAndHouseForm(request.POST or None)
    context: dict[str, Any] = {"form": form, "answer": None}
    if request.method == "POST" and form.is_valid():
        door = form.cleaned_data
        quarters = find_quarters_of_street_or_door(**door)
        found = queries.public_partnerships().filter(area__in=quarters)
        if "join" in request.POST:
            chosen = get_object_or_404(found, key=request.POST["join"])
            save_street_and_house(request, chosen, **door)
            return redirect("partnership:join", chosen.key)
        names = [(one.key, one.name()) for one in found]
        context |= {"answer": "yes" if names else "no", "found": names}
        if not names and not streets_by_name(door["street"], postcode=door["postcode"]).exists():
            context["alike"] = similar_street_names(door["street"], postcode=door["postcode"])
    return render(request, "partnership/street.html", context)


@public
def verify_check_code(request: PortalRequest) -> HttpResponse:
    """Is this message genuine? By its check code alone: when and from which partnership, not what it said (T2)."""
    form = CheckCodeForm(request.POST or None)
    context = {"form": form, "asked": False}
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        message = find_message(code) if code else None
        genuine = message is not None and message.check_code == code
        context |= {"asked": True, "message": message if genuine else None}
        if genuine and message is not None and message.area:
            sender = queries.partnership_of_area_path(message.area)
            context["sender"] = sender.name() if sender else ""
    return render(request, "partnership/check.html", context)


@public
def privacy_notice(request: PortalRequest) -> HttpResponse:
    """The privacy notice (R78), with the conduct principles and the internal rules."""
    kept = shortest_terms_by_kind()
    context = {
        "privacy": text_sections("privacy", **privacy_notice_values(kept)),
        "conduct": text_blocks("conduct"),
        "rules": text_blocks("rules"),
        "officer": settings.DPO,
        "terms": [(rule.what, period_text(rule, kept)) for rule in RULES],
        "recipients": dict.fromkeys((who, why) for who, why, _host in data_recipient_rows()),
    }
    return render(request, "partnership/privacy.html", context)
