"""Traders: a partnership of the self-employed, its streets and firms."""

from plp.firms import screens
from plp.firms.models import Firm
from plp.membership.firms import FirmEntry, enter_firm_of_member, set_firm_and_delete_deserted
from plp.membership.models import Membership
from plp.partnership.models import Partnership
from plp.people import actions as people
from plp.people.models import Person
from plp.places.models import Street
from tests.factories.cast import NOW, member

NUMBER = "0123456749"


def among_traders(partnership: Partnership) -> None:
    """The partnership is one of the self-employed."""
    Partnership.objects.filter(pk=partnership.pk).update(kind=Partnership.Kind.TRADERS)
    partnership.kind = Partnership.Kind.TRADERS


def membership_of(person: Person) -> Membership:
    """The one membership of somebody."""
    return Membership.objects.select_related("partnership__area", "person", "firm").get(person=person)


def trader(
    partnership: Partnership,
    name: str,
    *,
    street: Street | None = None,
    house: str = "1",
    firm: Firm | None = None,
    number: str = NUMBER,
) -> Membership:
    """An active member with a firm of the same name, or as one of ``firm``."""
    person = member(partnership, name)
    if street is not None:
        people.set_front_door(person=person, street=street, house=house, by=None, at=NOW)
    membership = membership_of(person)
    if firm is not None:
        set_firm_and_delete_deserted(membership, firm, by=person, at=NOW)
    else:
        enter_firm_of_member(
            membership=membership, entry=FirmEntry(f"Firm {name}", number, "retail"), by=person, at=NOW
        )
    return membership


def paired_token(membership: Membership) -> str:
    """The token of a screen paired with the firm of ``membership``."""
    assert membership.firm is not None
    code = screens.create_screen_pairing_code(firm=membership.firm, by=membership.person, at=NOW)
    return screens.pair_screen(code=code, at=NOW).token
