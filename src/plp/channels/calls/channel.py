"""The channel ``calls``: what it can do, how its numbers look, what a caller may report."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from plp.delivery.channel import HEARD, RUNG, Abilities, AddressForm, BadAddress, Outcome
from plp.delivery.phone_numbers import parse_belgian_number
from plp.documents.glyphs import missing_font_sentences


class NotABelgianNumber(BadAddress):
    """What was typed is no ordinary Belgian telephone number."""

    sentence = _("Type a Belgian telephone number, for example 02 555 12 12 or 0475 12 34 56.")


class Calls:
    """A volunteer telephones and reads the message aloud."""

    key: ClassVar[str] = "calls"
    label: ClassVar[Any] = _("Telephone call")
    abilities: ClassVar[Abilities] = Abilities(paper=True, by_hand=True, borrows=("sms",))
    address_form: ClassVar[AddressForm] = AddressForm(
        label=_("Your telephone number"),
        hint=_("A landline or a mobile telephone."),
        input_type="tel",
        autocomplete="tel",
        example="02 555 12 12",
        turn=2,
        on_paper=_("Telephone call, number: ____"),
    )
    outcomes: ClassVar[Mapping[str, Outcome]] = {
        "reached": Outcome(_("Reached"), "delivered", word=HEARD),
        "no_answer": Outcome(_("No answer"), "queued", word=RUNG),
        "voicemail": Outcome(_("Voicemail (no message left)"), "queued", word=RUNG),
        "wrong_number": Outcome(_("Wrong number"), "failed", stops=True, word="gone"),
        "asked_to_stop": Outcome(_("Asked for no more calls"), "failed", stops=True),
    }

    def normalise(self, raw: str) -> str:
        """``+32…`` (E.164). Raises ``NotABelgianNumber`` for any but an ordinary Belgian landline or mobile."""
        number = parse_belgian_number(raw)
        if number is None:
            raise NotABelgianNumber
        return number

    def check(self) -> Sequence[str]:
        """The fonts that call lists are set in must be there."""
        return missing_font_sentences()
