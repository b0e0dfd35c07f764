"""From an address as somebody typed it to its place, or to the streets that they may have meant."""

from dataclasses import dataclass, field

from plp.places.gazetteer import nis_codes_by_postcode
from plp.places.queries.postcodes import Place, possible_municipalities_of_street
from plp.places.queries.streets import search_streets, similar_street_names
from plp.places.rules.typed_address import TypedAddress, readings_of_typed_address

MOST_PROPOSED = 5


@dataclass(frozen=True)
class StreetProposal:
    """A street that somebody may have meant: its name in their language, and a postcode of it."""

    name: str
    postcode: str


@dataclass(frozen=True)
class PlaceSearch:
    """How an address was read, the places that fit it, and where none does what may have been meant."""

    address: TypedAddress
    places: list[Place] = field(default_factory=list)
    proposals: list[StreetProposal] = field(default_factory=list)


def search_place(typed: str, postcode: str, *, language: str) -> PlaceSearch:
    """The places of a street as it was typed, with or without its number, in either language of the place.

    Where no street is called so: streets of this postcode that are written nearly so, then those of its municipality.
    """
    readings = readings_of_typed_address(typed)
    for reading in readings:
        places = possible_municipalities_of_street(reading.street, postcode)
        if any(place.street for place in places):
            return PlaceSearch(reading, places)
    places = possible_municipalities_of_street(readings[-1].street, postcode)
    if places:  # the register of this municipality is not here: every street is taken
        return PlaceSearch(readings[-1], places)
    return PlaceSearch(readings[-1], proposals=_street_proposals(readings, postcode, language))


def _street_proposals(readings: list[TypedAddress], postcode: str, language: str) -> list[StreetProposal]:
    proposals: dict[StreetProposal, None] = {}
    for reading in reversed(readings):
        near = search_streets(reading.street, postcode=postcode, language=language, limit=MOST_PROPOSED)
        proposals |= {StreetProposal(street.name(language), postcode): None for street in near}
        alike = similar_street_names(reading.street, postcode=postcode, limit=MOST_PROPOSED)
        proposals |= {StreetProposal(name, postcode): None for name in alike}
    if not proposals:
        codes = nis_codes_by_postcode().get(postcode, ())
        around = search_streets(readings[-1].street, codes=codes, language=language, limit=MOST_PROPOSED)
        proposals |= {StreetProposal(other.name(language), other.postcode): None for other in around if other.postcode}
    return list(proposals)[:MOST_PROPOSED]
