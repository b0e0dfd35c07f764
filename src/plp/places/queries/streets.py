"""Search for streets: accents, capitals and language do not matter."""

import re
from collections.abc import Collection, Iterable
from difflib import get_close_matches
from uuid import UUID

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from plp.places.gazetteer import nis_codes_by_postcode
from plp.places.models import Address, Area, Coverage, CoveredAddress, Street
from plp.places.rules import fold, spelling_variants
from plp.toolbox.texts import OFFICIAL_LANGUAGES

MOST_FOUND = 20
MOST_COMPARED = 1000  # streets of one postal code that begin with one letter: no city has so many
ALIKE = 0.75  # of 1: how near a name is to what was typed
MOST_PAIRS = 200  # of a street and a quarter: who finds more types more


def _filter_streets(streets: QuerySet[Street], codes: Collection[str], postcode: str) -> QuerySet[Street]:
    """Only streets of some municipalities and of a postal code, where given.

    A long street may have doors under a second postal code of its municipality; a street imported without one counts
    for every code of its municipality.
    """
    if codes:
        streets = streets.filter(nis__in=codes)
    if postcode and not (postcode.isascii() and postcode.isdecimal()):
        return streets.none()
    if postcode:
        doors = Exists(Address.objects.filter(street=OuterRef("pk"), postcode=postcode))
        others = Q(Q(postcode="") | doors, nis__in=nis_codes_by_postcode().get(postcode, ()))
        streets = streets.filter(Q(postcode=postcode) | others)
    return streets


def _has_exact_name(name: str) -> Q:
    """Streets of which one name is exactly ``name`` (folded)."""
    return (
        Q(folded=name)
        | Q(folded__startswith=f"{name}|")
        | Q(folded__endswith=f"|{name}")
        | Q(folded__contains=f"|{name}|")
    )


def _has_any_name(names: Iterable[str]) -> Q:
    condition = Q(pk__in=())
    for name in names:
        condition |= _has_exact_name(name)
    return condition


def has_streets_of_any_municipality(codes: Iterable[str]) -> bool:
    """Whether the register was read in for one of these municipalities (NIS codes)."""
    return Street.objects.filter(nis__in=list(codes)).exists()


def may_house_exist(street: Street, house: str) -> bool:
    """Whether the register holds a number of this house in ``street``; of a street without numbers it says nothing."""
    number = re.match(r"\d+", house)
    if number is None or not street.addresses.exists():
        return True
    return street.addresses.filter(number__regex=rf"^{number[0]}([^0-9]|$)").exists()


def streets_by_name(typed_name: str, *, codes: Collection[str] = (), postcode: str = "") -> QuerySet[Street]:
    """The streets of which a name in some language is ``typed_name``, typed with or without accents and full words.

    Empty text finds nothing.
    """
    if not fold(typed_name):
        return Street.objects.none()
    return _filter_streets(Street.objects.filter(_has_any_name(spelling_variants(typed_name))), codes, postcode)


def search_streets(
    typed_name: str,
    *,
    codes: Collection[str] = (),
    postcode: str = "",
    language: str = "fr",
    limit: int = MOST_FOUND,
) -> QuerySet[Street]:
    """At most ``limit`` streets in any of whose names each word of ``typed_name`` begins or stands; best first.

    Best is the exact name, then the name that begins so, then by name in ``language``. Empty text finds nothing.
    """
    words = fold(typed_name).split()
    if not words:
        return Street.objects.none()
    streets = Street.objects.all()
    for word in words:
        streets = streets.filter(folded__contains=word)
    phrase = " ".join(words)
    rank = Case(
        When(_has_any_name(spelling_variants(typed_name)), then=Value(0)),
        When(Q(folded__startswith=phrase) | Q(folded__contains=f"|{phrase}"), then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    order = f"name_{language}" if language in OFFICIAL_LANGUAGES else "name_fr"
    return _filter_streets(streets, codes, postcode).alias(rank=rank).order_by("rank", order, "folded", "pk")[:limit]


def similar_street_names(typed_name: str, *, postcode: str, limit: int = 5) -> list[str]:
    """Names of streets of a postal code that begin like ``typed_name`` and are written nearly so, the nearest first."""
    typed = fold(typed_name)
    if not typed:
        return []
    begun = Q(folded__startswith=typed[0]) | Q(folded__contains=f"|{typed[0]}")
    rows = _filter_streets(Street.objects.filter(begun), (), postcode).order_by("folded")[:MOST_COMPARED]
    names = {fold(name): name for street in rows for name in (street.name_fr, street.name_nl, street.name_de)}
    return [names[near] for near in get_close_matches(typed, names, n=limit, cutoff=ALIKE)]


def streets_of_areas_by_name(
    typed_name: str, areas: QuerySet[Area], *, limit: int = MOST_FOUND
) -> list[tuple[Street, UUID]]:
    """At most ``limit`` streets of ``areas`` and their quarter: a word of the name begins as each of ``typed_name``."""
    words = fold(typed_name).split()
    named = Coverage.objects.filter(*_words_begin_conditions(words, "street"), area__in=areas, excluded=False)
    covered = CoveredAddress.objects.filter(*_words_begin_conditions(words, "address__street"), area__in=areas)
    pairs = {
        *named.values_list("street", "area").distinct()[:MOST_PAIRS],
        *covered.values_list("address__street", "area").distinct()[:MOST_PAIRS],
    }
    streets = Street.objects.in_bulk({street for street, _area in pairs})
    matches = sorted(
        ((streets[street], area) for street, area in pairs), key=lambda pair: (pair[0].folded, str(pair[1]))
    )
    return matches[:limit]


def _words_begin_conditions(words: Iterable[str], street: str) -> list[Q]:
    """For each word, that a word of a name of ``street`` begins with it."""
    name = f"{street}__folded"
    return [
        Q(**{f"{name}__startswith": word})
        | Q(**{f"{name}__contains": f" {word}"})
        | Q(**{f"{name}__contains": f"|{word}"})
        for word in words
    ]
