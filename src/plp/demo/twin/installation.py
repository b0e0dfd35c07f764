"""One of two installations: a process with a database of its own, told by lines of JSON what its people do.

``python -m plp.demo.twin.installation``: each line in is ``[act, argument, ...]``, each line out its answer.
"""

import json
import random
import sys
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

import django

django.setup()

from plp.demo.message_texts import ALARM  # noqa: E402 - needs the settings
from plp.demo.notice_journey import relay_notice, release_notice, write_draft  # noqa: E402 - as above
from plp.demo.quarter import Quarter, QuarterBuilder  # noqa: E402 - as above
from plp.demo.quarter_settings import SETTINGS  # noqa: E402 - as above
from plp.demo.twin.move_acts import MoveActs  # noqa: E402 - as above
from plp.demo.twin.stored_texts import all_stored_texts  # noqa: E402 - as above
from plp.evaluation.queries.federal_register import masked_federal_entries  # noqa: E402 - as above
from plp.exchange import actions as exchange  # noqa: E402 - as above
from plp.exchange import outbox  # noqa: E402 - as above
from plp.exchange.models import PartnerInstallation, RegisterEntry, SupralocalOffer  # noqa: E402 - as above
from plp.exchange.queries import invitation_text_of, offers_to_answer, verification_words_of  # noqa: E402 - as above
from plp.mandates import actions as mandates  # noqa: E402 - as above
from plp.mandates.grants import Role  # noqa: E402 - as above
from plp.mandates.models import Mandate  # noqa: E402 - as above
from plp.notices import actions as notices  # noqa: E402 - as above
from plp.notices.models import Notice  # noqa: E402 - as above
from plp.ops.commands.migrate import migrate_and_report_database  # noqa: E402 - as above
from plp.ops.letter_post import queue_and_post_due_letters_and_wait  # noqa: E402 - as above
from plp.people import actions as people  # noqa: E402 - as above
from plp.people.models import ContactPoint, Person  # noqa: E402 - as above
from plp.places.models import Area  # noqa: E402 - as above
from plp.places.queries.territory import zone_path  # noqa: E402 - as above
from plp.toolbox import clock  # noqa: E402 - as above

SHORTEST_TOKEN = 8  # signs of what is looked for: shorter ones stand in other words


class CreatedInvitation(NamedTuple):
    """The number of a pairing, and the text of the invitation that is sent."""

    pairing: str
    invitation: str


class TwinInstallation(MoveActs):
    """The people of one installation and what they do, by the same actions as the pages."""

    def __init__(self) -> None:
        self.quarter: Quarter
        self.chief: Person

    def build(self, quarter_key: str) -> str:
        """A database, a zone, a partnership with its members. Answers the name of the quarter."""
        migrate_and_report_database()
        setting = next(setting for setting in SETTINGS if setting.key == quarter_key)
        chance = random.Random(quarter_key)  # noqa: S311 - invented people, the same each time
        builder = QuarterBuilder(at=clock.now(), chance=chance, step=lambda _name, act: act())
        self.quarter = builder.build(setting)
        self.chief = Mandate.objects.get(role=Role.CHIEF, area=self._zone_or_country()).person
        return quarter_key

    def sign_ins(self) -> list[dict[str, Any]]:
        """Who can sign in here, as the demonstration shows them."""
        return [asdict(identity) for identity in self.quarter.identities]

    def build_reader(self) -> str:
        """A database and the federal reader: no partnership at all."""
        migrate_and_report_database()
        self.chief = people.register_person(name="Rita Lectrice", language="fr", by=None, at=clock.now())
        country = Area.objects.get(kind=Area.Kind.COUNTRY)
        mandates.appoint(person=self.chief, role=Role.FEDERAL, area=country, decision="twin", by=None, at=clock.now())
        return "register"

    def _zone_or_country(self) -> Area:
        if not hasattr(self, "quarter"):
            return Area.objects.get(kind=Area.Kind.COUNTRY)
        return Area.objects.get(path=zone_path(self.quarter.partnership.area.path))

    def create_invitation(self) -> CreatedInvitation:
        """Invite another installation; JSON holds the answer as a list of two texts."""
        partner = exchange.create_invitation(area=self._zone_or_country(), by=self.chief, at=clock.now())
        return CreatedInvitation(str(partner.pk), invitation_text_of(partner))

    def answer_invitation(self, invitation: str) -> str:
        """Answer one."""
        partner = exchange.accept_invitation(
            invitation=invitation, area=self._zone_or_country(), by=self.chief, at=clock.now()
        )
        return str(partner.pk)

    def verification_words(self, pairing: str) -> list[str]:
        """What the chief reads aloud."""
        return verification_words_of(self._partner(pairing))

    def confirm_pairing(self, pairing: str) -> str:
        """The chief says that the words agree. Answers how the pairing stands."""
        exchange.confirm_partner(partner=self._partner(pairing), words_agree=True, by=self.chief, at=clock.now())
        return self.pairing_state(pairing)

    def pairing_state(self, pairing: str) -> str:
        """How the pairing stands."""
        return self._partner(pairing).state

    def post_due_letters(self) -> int:
        """What the worker does: post every letter that is due. Answers how many arrived."""
        return queue_and_post_due_letters_and_wait()

    def retry_letters(self) -> int:
        """What the operator does once a partner is back. Answers how many letters arrived."""
        outbox.retry_letters_now(at=clock.now())
        return queue_and_post_due_letters_and_wait()

    def offer_and_relay_notice(self, pairing: str) -> str:
        """Write an alarm for here and for the other installation, release it by the second officer, relay it."""
        notice = write_draft(self.quarter, ALARM, at=clock.now())
        partners = [self._partner(pairing)]
        exchange.set_offer_partners(notice=notice, partners=partners, by=self.quarter.officer, at=clock.now())
        return self._submit_release_and_relay(notice)

    def correct_and_relay_notice(self, notice: str) -> str:
        """Correct it: who got the first gets the second."""
        first = Notice.objects.get(pk=UUID(notice))
        second = notices.create_notice_draft(
            partnership=first.partnership,
            kind=first.kind,
            reason=first.reason,
            corrects=first,
            by=self.quarter.officer,
            at=clock.now(),
        )
        self._set_notice_details(second)
        for row in first.texts.all():
            notices.write_text_and_drop_composition(
                notice=second,
                language=row.language,
                title=row.title,
                core=row.core,
                more="",
                by=self.quarter.officer,
                at=clock.now(),
            )
        return self._submit_release_and_relay(second)

    def _set_notice_details(self, notice: Notice) -> None:
        notices.set_details_of_draft(
            notice=notice,
            reason=notice.reason,
            expires_at=notice.expires_at,
            official_reference="",
            keeps_secrecy=True,
            prosecutor_consulted_on=None,
            by=self.quarter.officer,
            at=clock.now(),
        )

    def _submit_release_and_relay(self, notice: Notice) -> str:
        notices.submit_notice_for_release(notice=notice, by=self.quarter.officer, at=clock.now())
        release_notice(self.quarter, notice, at=clock.now())
        if notice.relayed_at is None:
            relay_notice(self.quarter, notice, at=clock.now())
        return str(notice.pk)

    def count_waiting_offers(self) -> int:
        """How many offers wait for the officer here."""
        return offers_to_answer(self.quarter.officer, at=clock.now()).count()

    def accept_offer(self) -> str:
        """Make a draft of the offer that waits, with the language that the partnership needs beside it."""
        offer = offers_to_answer(self.quarter.officer, at=clock.now())[0]
        notice = exchange.accept_offer_and_draft_notice(
            offer=offer, partnerships=[self.quarter.partnership], by=self.quarter.officer, at=clock.now()
        )
        self._set_notice_details(notice)
        for language in self.quarter.setting.languages:
            title, core, _more = ALARM.texts[language]
            notices.write_text_and_drop_composition(
                notice=notice,
                language=language,
                title=title,
                core=core,
                more="",
                by=self.quarter.officer,
                at=clock.now(),
            )
        return str(notice.pk)

    def release_relay_and_count(self, notice: str) -> int:
        """The second officer releases it, the coordinator passes it on. Answers to how many members."""
        row = Notice.objects.get(pk=UUID(notice))
        self._submit_release_and_relay(row)
        return row.relay.audience

    def offer_outcome(self, notice: str) -> list[Any]:
        """How a message of ours stands at the other side: state, partnerships, members reached."""
        offer = SupralocalOffer.objects.get(is_ours=True, notice=UUID(notice))
        return [offer.state, offer.partnerships, offer.reached]

    def queue_register_entries(self, pairing: str) -> int:
        """Tell the reader what stands in the register. Answers how many letters."""
        partner = self._partner(pairing)
        entries = masked_federal_entries(partner.area, at=clock.now())
        return exchange.queue_register_entries(partner=partner, entries=entries, by=None, at=clock.now())

    def registered_partnership_keys(self) -> list[str]:
        """The keys of the partnerships that others told us of."""
        return list(RegisterEntry.objects.order_by("key").values_list("key", flat=True))

    def identifying_texts(self) -> list[str]:
        """What names a person here: names and addresses of everybody."""
        names = {person.name for person in Person.objects.all()}
        addresses = {contact.address for contact in ContactPoint.objects.all()}
        return sorted(token for token in names | addresses if len(token) >= SHORTEST_TOKEN)

    def count_foreign_tokens(self, tokens: list[str]) -> int:
        """How many tokens of the other installation stand anywhere in this database, sealed columns opened."""
        own, haystack = set(self.identifying_texts()), "\n".join(all_stored_texts())
        return sum(token in haystack for token in tokens if token not in own)

    def count_foreign_names(self, names: list[str]) -> int:
        """How many of these names stand anywhere in this database that nobody here bears, sealed columns opened."""
        own, haystack = {person.name for person in Person.objects.all()}, "\n".join(all_stored_texts())
        return sum(name in haystack for name in names if name not in own)

    def _partner(self, pairing: str) -> PartnerInstallation:
        return PartnerInstallation.objects.select_related("area", "own_key").get(pk=UUID(pairing))


def serve_commands_from_stdin() -> None:
    """Do what each line asks; an error is an answer, too."""
    installation = TwinInstallation()
    for line in sys.stdin:
        act, *arguments = json.loads(line)
        do: Callable[..., Any] = getattr(installation, act)
        print(json.dumps(_answer_or_error_of_command(partial(do, *arguments))), flush=True)


def _answer_or_error_of_command(do: Callable[[], Any]) -> dict[str, Any]:
    try:
        return {"answer": do()}
    except Exception as error:  # told to the play, which says which step did not hold
        return {"error": f"{type(error).__name__}: {error}"}


if __name__ == "__main__":
    serve_commands_from_stdin()
