"""Who walks through the pages with canaries: each identity, the others who hold an office, and every neighbour."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from plp.membership.models import Membership
from plp.membership.states import Belonging
from proof.harness.identities import GUIDES, IDENTITIES, IdentityBrowser
from proof.result import ProofRequest

FEW = ("anonymous", "member", "coordinator", "officer elsewhere")
OWN = ("/m/settings/", "/m/messages/")  # where a neighbour finds what is their own
HOMES = {90: 0, 91: 2}  # zone -> the partnership from which its people look
PAGES = ("/m/", "/questions/", "/connections/", "/requests/")


@dataclass(frozen=True)
class IdentityWalk:
    """One walk. ``home``: the partnership from which "own" and "next door" are told."""

    browser: IdentityBrowser
    home: int = 0
    is_neighbour: bool = False

    @property
    def first_paths(self) -> tuple[str, ...]:
        """The first pages."""
        return OWN if self.is_neighbour else ("/", "/m/settings/")

    @property
    def followed_prefixes(self) -> tuple[str, ...]:
        """With what the addresses begin that are followed."""
        return PAGES if self.is_neighbour else ("/",)


def identity_walks(ask: ProofRequest, seed: Mapping[str, Any]) -> Iterator[IdentityWalk]:
    """One after the other; neighbours and the offices of other partnerships only where there is time."""
    for name in IDENTITIES if ask.size != "trial" else FEW:
        yield IdentityWalk(IdentityBrowser(name, seed))
    if ask.is_long:
        for name, (role, place) in GUIDES.items():
            if role in IDENTITIES:
                yield IdentityWalk(IdentityBrowser(name, seed), HOMES.get(place, place))
        yield from _walks_of_members(seed)


def _walks_of_members(seed: Mapping[str, Any]) -> Iterator[IdentityWalk]:
    """Every member with an address that a code can be sent to."""
    known = {one["person"] for one in seed["identities"]}
    for one in seed["partnerships"]:
        members = Membership.objects.filter(partnership__key=one["key"], state=Belonging.ACTIVE)
        for membership in members.select_related("person").order_by("pk"):
            contact = membership.person.contacts.filter(channel__in=("email", "sms")).order_by("rank").first()
            if contact and str(membership.person_id) not in known:
                who = {"person": str(membership.person_id), "contact": str(contact.pk), "password": ""}
                yield IdentityWalk(
                    IdentityBrowser(f"member {membership.pk}", seed, who=who), one["number"], is_neighbour=True
                )
