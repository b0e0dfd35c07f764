"""The public contacts of a partnership for an address book (vCard 4.0): offices, and the name of nobody."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from plp.delivery import pages
from plp.membership.lists.files import escaped_vcard_value
from plp.partnership.models import Partnership
from plp.partnership.short_names import name_with_short_word
from plp.places.queries.emergency import help_numbers_in
from plp.portal.subjects.partnership.feeds.news import strip_invisible_signs

MEDIA = "text/vcard; charset=utf-8"


def office_contacts_vcf(partnership: Partnership, language: str) -> bytes:
    """The coordinator's functional address, the police desk and the emergency numbers, as far as they are set."""
    name, numbers = partnership.name(language), help_numbers_in(partnership.area, language)
    made = []
    if partnership.contact_email:
        told = [("EMAIL", partnership.contact_email), ("URL", pages.PARTNERSHIP.link(partnership.key))]
        made.append(
            _office_card(
                _("Coordinator, PLP %(name)s") % {"name": name}, name_with_short_word(partnership, language), told
            )
        )
    phones = list(dict.fromkeys(phone for phone in (partnership.contact_phone, numbers.desk) if phone))
    if phones:
        told = [("TEL", phone) for phone in phones]
        made.append(
            _office_card(_("Police, not urgent, PLP %(name)s") % {"name": name}, capfirst(_("local police")), told)
        )
    emergency = _("Emergency: %(police)s or %(help)s") % {"police": numbers.police, "help": numbers.help}
    made.append(_office_card(emergency, "", [("TEL", numbers.police), ("TEL", numbers.help)]))
    return "".join(made).encode()


def _office_card(label: str, organisation: str, properties: list[tuple[str, str]]) -> str:
    lines = [
        ("KIND", "org"),
        ("FN", _escaped_vcard_value(label)),
        *([("ORG", _escaped_vcard_value(organisation))] if organisation else []),
    ]
    lines += [(key, _escaped_vcard_value(value)) for key, value in properties]
    body = "".join(f"{key}:{value}\r\n" for key, value in lines)
    return f"BEGIN:VCARD\r\nVERSION:4.0\r\n{body}END:VCARD\r\n"


def _escaped_vcard_value(value: str) -> str:
    """A value that ends no line and begins no field."""
    return escaped_vcard_value(strip_invisible_signs(value).replace("\n", " ").replace("\t", " "))
