"""Which partnership, which zone: the one page on which somebody with several of them chooses."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from plp.places.models import Area

PER_PAGE = 50


@dataclass(frozen=True)
class PlaceChoice:
    """A partnership or zone to choose: its name, where it leads, how it stands. ``kind`` as of a state."""

    name: str
    url: str
    words: Any = ""
    kind: str = "plain"


@dataclass(frozen=True)
class ChoicePage:
    """The words around the list: title, a sentence, the page above, and what is said where nothing is to choose."""

    title: Any
    lead: Any = ""
    nothing: Any = ""
    until_then: Any = ""
    icon: str = "leaf"
    above: tuple[Any, str] | None = None  # label and view


def redirect_to_only_place_or_list(
    request: HttpRequest,
    page_texts: ChoicePage,
    places: QuerySet[Any] | Sequence[Any],
    choice: Callable[[Any], PlaceChoice],
) -> HttpResponse:
    """Straight to the page of the only place; else the list of them."""
    page = Paginator(places, PER_PAGE).get_page(request.GET.get("page"))
    choices = [choice(place) for place in page]
    if page.paginator.count == 1:
        return redirect(choices[0].url)
    return render(request, "shell/choose.html", {"words": page_texts, "choices": choices, "page": page})


def redirect_to_only_zone_or_list(
    request: HttpRequest, page_texts: ChoicePage, zones: QuerySet[Area], view: str
) -> HttpResponse:
    """Straight to the ``view`` of the only zone; else the list of them."""
    return redirect_to_only_place_or_list(
        request, page_texts, zones, lambda zone: PlaceChoice(zone.name(), reverse(view, args=[zone.pk]))
    )
