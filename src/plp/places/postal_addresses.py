"""A door as the post wants it, in one language: that of the reader where the signs of the place speak it."""

from plp.places.gazetteer import municipality_name_in_one_language
from plp.places.models import Street
from plp.places.rules.bilingual import languages_on_signs


def town_line(street: Street, language: str, postcode: str = "") -> str:
    """Postcode, of the door where it has its own, and municipality: ``1130 Brussel``."""
    spoken = languages_on_signs(street.nis)
    own = language if language in spoken else spoken[0]
    return f"{postcode or street.postcode} {municipality_name_in_one_language(street.nis, own)}".strip()


def postal_address(street: Street, house: str, language: str) -> str:
    """The whole on one line, as a channel of paper takes it: ``Verdunstraat 12, 1130 Brussel``."""
    return f"{street.name(language)} {house}, {town_line(street, language)}"
