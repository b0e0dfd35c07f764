"""The channel ``paper``: what it can do, how its addresses look, what a volunteer may report."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from plp.channels.paper.addresses import parse_postal_address
from plp.delivery.channel import Abilities, AddressForm, BadAddress, Outcome
from plp.documents.glyphs import missing_font_sentences

TEXTS = Path(__file__).with_name("texts")


class NotAPostalAddress(BadAddress):
    """No street with a house number could be read in what was typed."""

    sentence = _("Type the street and the house number first, then the postcode and the place.")


class Paper:
    """A letter in the letterbox, carried by a volunteer of the same quarter."""

    key: ClassVar[str] = "paper"
    label: ClassVar[Any] = _("Letter in the letterbox")
    abilities: ClassVar[Abilities] = Abilities(paper=True, by_hand=True)
    address_form: ClassVar[AddressForm] = AddressForm(
        label=_("Your address"),
        hint=_("Street, house number and box. Then the postcode and the place."),
        autocomplete="street-address",
        turn=1,
        on_paper=_("Paper in my letterbox"),
    )
    outcomes: ClassVar[Mapping[str, Outcome]] = {
        "delivered": Outcome(_("Delivered"), "delivered"),
        "no_letterbox": Outcome(_("No letterbox"), "failed"),
        "moved": Outcome(_("Moved away"), "failed", stops=True, word="gone"),
        "refused": Outcome(_("Refused"), "failed", stops=True),
    }

    def normalise(self, raw: str) -> str:
        """``Street 12 b003, 1130 Place``. Raises ``NotAPostalAddress`` without a street and a house number."""
        address = parse_postal_address(raw)
        if address is None:
            raise NotAPostalAddress
        return str(address)

    def check(self) -> Sequence[str]:
        """The fonts that letters are set in must be there."""
        return missing_font_sentences()
