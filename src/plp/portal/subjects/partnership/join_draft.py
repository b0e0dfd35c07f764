"""What is kept of joining in a browser, sealed in the session: the door before, the addresses after."""

from typing import Any
from uuid import UUID

from plp.accounts.models import Account
from plp.channels.webpush import WebPush
from plp.delivery.installed import channels, senders
from plp.firms.models import Firm
from plp.membership.actions import JoinRequest
from plp.membership.firms import firm_of_partnership
from plp.membership.public_requests import apply_to_join_and_send_codes
from plp.partnership.models import Partnership
from plp.people.models import ContactPoint, Person
from plp.people.queries import contacts_by_keys
from plp.places.models import Street
from plp.places.queries import streets_by_name, streets_of
from plp.portal.shell import limits
from plp.portal.shell.codes import get_or_create_browser_secret, load_sealed, store_sealed
from plp.portal.shell.firm_fields import firm_entry
from plp.portal.shell.requests import PortalRequest
from plp.portal.subjects.partnership.join_form import JoinForm
from plp.portal.subjects.partnership.page_texts import RULES_VERSION


def load_join_draft(request: PortalRequest, partnership: Partnership) -> dict[str, Any]:
    """What is known before the form is filled in ("street", "house", "recruited_by"); "asked" once it was sent."""
    found: dict[str, Any] = load_sealed(request, f"join.{partnership.key}")
    return found


def save_street_and_house(
    request: PortalRequest, partnership: Partnership, *, street: str, postcode: str, number: str
) -> None:
    """Keep the door that somebody looked up, for the form: no address holds it. One that is unknown is left out."""
    area_streets = {each.pk for each in streets_of(partnership.area)}
    match = streets_by_name(street, postcode=postcode).filter(pk__in=area_streets).first()
    door = {"street": str(match.pk), "house": number} if match else {}
    store_sealed(request, f"join.{partnership.key}", {**load_join_draft(request, partnership), **door})


def save_recruiting_street(request: PortalRequest, partnership: Partnership, street: Street) -> None:
    """Keep the street whose paper led here: chosen in the form, and counted when it is sent."""
    paper = {"street": str(street.pk), "recruited_by": str(street.pk)}
    store_sealed(request, f"join.{partnership.key}", {**load_join_draft(request, partnership), **paper})


def save_firm_of_link(request: PortalRequest, partnership: Partnership, firm: Firm) -> None:
    """Keep the firm whose link led here: its door stands in the form, and it is not asked for."""
    door = {"street": str(firm.street_id or ""), "house": firm.house, "colleague_of": firm.pk.hex}
    store_sealed(request, f"join.{partnership.key}", {**load_join_draft(request, partnership), **door})


def firm_of_link(request: PortalRequest, partnership: Partnership) -> Firm | None:
    """The firm of the link that led here; ``None`` without one, and once nobody of it belongs here."""
    key = load_join_draft(request, partnership).get("colleague_of", "")
    return firm_of_partnership(partnership, UUID(hex=key)) if key else None


def submit_join_request(request: PortalRequest, partnership: Partnership, *, form: JoinForm) -> None:
    """Send the request to join that the valid ``form`` tells.

    Raises ``MustWait`` and what ``apply_to_join_and_send_codes`` raises; the draft then holds only addresses.
    """
    answers = form.cleaned_data
    contacts = answers["contacts"]
    joining = JoinRequest(
        name=answers["name"],
        language=answers["message_language"],
        contacts=contacts,
        rules_version=RULES_VERSION,
        is_adult=answers["is_adult"],
        lives_or_works_here=answers["is_adult"],
        accepts_rules=answers["accepts_rules"],
        street=form.street_of(answers["street"]),
        house=answers["house"],
        police_sees_name=answers["police_sees_name"],
        internal_rules=form.rules_now,
        firm=firm_entry(answers),
        colleague_of=form.colleague_of,
        recruited_by=form.street_of(load_join_draft(request, partnership).get("recruited_by", "")),
    )
    with limits.enforce_then_count(request, ("join.network", limits.personal_or_network_limit_key(request))):
        points = apply_to_join_and_send_codes(
            partnership=partnership,
            joining=joining,
            to_confirm={pair for pair in contacts if pair[0] in senders() and _count_code_if_allowed(*pair)},
            browser=get_or_create_browser_secret(request),
            by=None,
            at=request.at,
        )
    keys = {(point.channel, point.address): point.pk.hex for point in points}
    asked = [{"channel": key, "address": address, "contact": keys.get((key, address), "")} for key, address in contacts]
    store_sealed(request, f"join.{partnership.key}", {"asked": asked})


def _count_code_if_allowed(channel: str, address: str) -> bool:
    """Whether a code may go to an address of a form today (T55)."""
    return limits.count_if_under_limit("confirm.address", limits.mailbox_key(channel, address))


def typed_addresses_with_channel_labels(request: PortalRequest, partnership: Partnership) -> list[dict[str, Any]]:
    """The addresses of a sent request, with the channel's label and whether a code is awaited; empty if none."""
    found = load_join_draft(request, partnership).get("asked", [])
    known = channels()
    return [
        {**one, "label": known[one["channel"]].label, "by_code": one["channel"] in senders()}
        for one in found
        if one["channel"] in known
    ]


def contacts_of_typed_address(address: dict[str, Any]) -> list[ContactPoint]:
    """The contact behind an address of a request, if it was registered."""
    return list(contacts_by_keys([address["contact"]] if address["contact"] else []))


def save_confirmed_address(request: PortalRequest, partnership: Partnership, position: int) -> None:
    """Remember that the code of the address at ``position`` was right."""
    found = load_join_draft(request, partnership)["asked"]
    found[position]["confirmed"] = True
    store_sealed(request, f"join.{partnership.key}", {"asked": found})


def newcomer_for_push(request: PortalRequest, partnership: Partnership) -> Person | None:
    """Who asked to join and typed a code in this browser, as long as they have no notifications and no sign-in."""
    proven = [
        point
        for one in typed_addresses_with_channel_labels(request, partnership)
        if one.get("confirmed")
        for point in contacts_of_typed_address(one)
    ]
    person = proven[0].person if proven else None
    if person is None or person.contacts.filter(channel=WebPush.key).exists():
        return None
    return None if Account.objects.filter(person=person).exists() else person
