"""A door as the post wants it, in the language of the reader."""

from plp.places.gazetteer import municipality_name
from plp.places.models import Street


def town_line(street: Street, language: str) -> str:
    """Postcode and municipality: ``1130 Bruxelles / Brussel``."""
    return f"{street.postcode} {municipality_name(street.nis, language)}".strip()


def postal_address(street: Street, house: str, language: str) -> str:
    """The whole on one line, as a channel of paper takes it: ``Verdunstraat 12, 1130 Bruxelles / Brussel``."""
    return f"{street.name(language)} {house}, {town_line(street, language)}"
