"""The public contacts of a partnership for an address book (vCard 4.0): offices, and the name of nobody."""

from django.utils.translation import gettext as _

from plp.membership.lists.files import escaped_vcard_value
from plp.partnership.models import Partnership
from plp.places.queries.emergency import help_numbers_in
from plp.portal.subjects.partnership.feeds.news import public_page_of, strip_invisible_signs

MEDIA = "text/vcard; charset=utf-8"


def contact_cards_vcf(partnership: Partnership, language: str) -> bytes:
    """The coordinator's functional address, the police desk and the emergency numbers, as far as they are set."""
    name, numbers = partnership.name(language), help_numbers_in(partnership.area, language)
    made = []
    if partnership.contact_email:
        told = [("EMAIL", partnership.contact_email), ("URL", public_page_of(partnership))]
        made.append(_contact_card(_("Coordinator, PLP %(name)s") % {"name": name}, f"PLP {name}", told))
    phones = list(dict.fromkeys(phone for phone in (partnership.contact_phone, numbers.desk) if phone))
    if phones:
        told = [("TEL", phone) for phone in phones]
        made.append(_contact_card(_("Police, not urgent, PLP %(name)s") % {"name": name}, _("Local police"), told))
    emergency = _("Emergency: %(police)s or %(help)s") % {"police": numbers.police, "help": numbers.help}
    made.append(_contact_card(emergency, "", [("TEL", numbers.police), ("TEL", numbers.help)]))
    return "".join(made).encode()


def _contact_card(name: str, office: str, told: list[tuple[str, str]]) -> str:
    lines = [
        ("KIND", "org"),
        ("FN", _escaped_vcard_value(name)),
        *([("ORG", _escaped_vcard_value(office))] if office else []),
    ]
    lines += [(key, _escaped_vcard_value(value)) for key, value in told]
    body = "".join(f"{key}:{value}\r\n" for key, value in lines)
    return f"BEGIN:VCARD\r\nVERSION:4.0\r\n{body}END:VCARD\r\n"


def _escaped_vcard_value(value: str) -> str:
    """A value that ends no line and begins no field."""
    return escaped_vcard_value(strip_invisible_signs(value).replace("\n", " ").replace("\t", " "))
