"""What the people of an installation do when a partnership moves; beside them, what a member with an old mail does."""

import random
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from plp.delivery.links import stop_link
from plp.exchange import actions as exchange
from plp.exchange.models import PartnerInstallation, PartnershipMove
from plp.exchange.move_queries import count_move_contents, unknown_streets
from plp.exchange.refusals import StreetsUnknown
from plp.membership import actions as memberships
from plp.membership.models import Membership
from plp.membership.states import Belonging
from plp.ops.transfer.moves import advance_every_partnership_move
from plp.partnership.models import Partnership
from plp.people.models import ContactPoint, Person
from plp.places import actions as places
from plp.places.gazetteer import DEMO_QUARTERS, demo_address_file
from plp.toolbox import clock


class MoveActs:
    """The acts of a move, by the same actions as the pages; the clock of the machine is put on to its day."""

    chief: Person

    def offer_move_and_count_contents(self, pairing: str, slug: str) -> dict[str, int]:
        """Ask the other installation to take a partnership. Answers what would go."""
        partnership = Partnership.objects.get(key=slug)
        partner = PartnerInstallation.objects.select_related("area").get(pk=UUID(pairing))
        exchange.offer_move(partnership=partnership, partner=partner, by=self.chief, at=clock.now())
        return vars(count_move_contents(partnership))

    def accept_move_and_count_lacking_streets(self) -> int:
        """How many streets of the partnership that is offered are unknown here; refused while there are any."""
        offer = self._latest_move()
        try:
            exchange.accept_move(offer=offer, by=self.chief, at=clock.now())
        except StreetsUnknown:
            return len(unknown_streets(offer.streets))
        return 0

    def import_addresses_of_demo_quarter(self, quarter_key: str) -> None:
        """The operator reads the addresses of another municipality in."""
        source, nis = demo_address_file(quarter_key), DEMO_QUARTERS[quarter_key]
        places.import_address_register(source=source, nis=nis, by=None, at=clock.now())

    def move_state_and_counts(self) -> list[Any]:
        """How the move stands: state, members who were told, members."""
        move = self._latest_move()
        return [move.state, move.letter_count, move.members]

    def let_a_member_leave(self) -> str:
        """A member does not want to move along and leaves before the day. Answers their name."""
        active = Membership.objects.filter(partnership=self._latest_move().partnership, state=Belonging.ACTIVE)
        membership = active.filter(person__mandates=None).select_related("person").order_by("joined_at", "pk")[0]
        memberships.leave_partnership_with_receipt(membership=membership, by=membership.person, at=clock.now())
        return str(membership.person.name)

    def set_move_day_to_today(self) -> None:
        """Three weeks pass: it is the day."""
        PartnershipMove.objects.filter(pk=self._latest_move().pk).update(day=clock.local(clock.now()).date())

    def advance_moves(self) -> int:
        """What the worker does at each look."""
        return advance_every_partnership_move(at=clock.now())

    def count_active_members(self, slug: str) -> int:
        """How many active members a partnership has here."""
        return Membership.objects.filter(partnership__key=slug, state=Belonging.ACTIVE).count()

    def names_without_mandate(self, slug: str) -> list[str]:
        """The names of those who belong, to be looked for afterwards."""
        persons = Person.objects.filter(memberships__partnership__key=slug, memberships__state=Belonging.ACTIVE)
        return [person.name for person in persons.filter(mandates=None).distinct()]

    def old_stop_link_and_contact(self, slug: str) -> list[str]:
        """The stop link of a mail that a member got here: its path, and the contact that it stops."""
        persons = Person.objects.filter(memberships__partnership__key=slug, memberships__state=Belonging.ACTIVE)
        usable = ContactPoint.objects.filter(person__in=persons, channel="email", stopped_at=None)
        contact = random.Random(slug).choice(list(usable.order_by("pk")))  # noqa: S311 - the same each time
        return [urlsplit(stop_link(contact.pk)).path, str(contact.pk)]

    def is_stopped(self, contact: str) -> bool:
        """Whether a way to reach somebody is stopped here."""
        return ContactPoint.objects.filter(pk=UUID(contact)).exclude(stopped_at=None).exists()

    def _latest_move(self) -> PartnershipMove:
        return PartnershipMove.objects.select_related("partner__area", "partnership__area").latest("made_at")
