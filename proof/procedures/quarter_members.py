"""The other side of a proof with people: a quarter with its members, what is said to them, and the coordinator's pages.

A process with the database under test; each line of JSON calls a procedure (``message_queue.serve_procedure_calls``).
"""

import re
from collections import Counter
from datetime import datetime
from html import unescape

from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.test.utils import setup_test_environment
from django.urls import reverse
from django.utils.translation import override

from plp.channels.sms.kannel import receipt_of_report
from plp.delivery.actions.receipts import record_receipt_and_move_dispatch
from plp.delivery.models import Attempt, Dispatch
from plp.delivery.progress_words import ProgressWord
from plp.delivery.queries import ledger, message_tally
from plp.delivery.states import State
from plp.membership.models import Membership
from plp.notices import actions as notices
from plp.notices.models import Notice
from plp.partnership.models import Partnership
from plp.people.models import ContactPoint, Person, Preference
from plp.people.queries import contact_digest
from plp.toolbox import clock
from proof.procedures import message_queue
from tests.factories import cast, outbox
from tests.factories.static_files import keep_static_files
from tests.portal import signing

BY_NETWORK = 8  # the type of Kannel's report

CORE = "Deux personnes en vêtements de travail sombres sonnent aux portes rue de Verdun vers 14h30. Fermez à clé."
FIGURE = re.compile(r"<strong>(\d+)</strong> ([^<]+)</li>")
PEOPLE = {"people": "audience"}  # the figure above the others


def tally_names_by_page_label() -> dict[str, str]:
    """The words of the coordinator's page in English, each with the tally's own."""
    with override("en"):
        return PEOPLE | {str(word.label): word.value for word in ProgressWord}


def create_tables_and_cast() -> None:
    """Tables, and the cast of two quarters, as of now."""
    setup_test_environment(debug=False)
    keep_static_files()
    outbox.make_database()
    call_command("createcachetable", verbosity=0)
    cast.NOW = signing.NOW = signing.AT = clock.now()
    here.append(cast.Cast())


here: list[cast.Cast] = []


def add_members(channel: str, addresses: list[str], seconds: str = "") -> int:
    """Add a member of the first quarter for each address; ``seconds`` is a channel whose numbers come second."""
    return create_members_with_contacts(here[0].here.partnership, channel, addresses, seconds, clock.now())


def create_members_with_contacts(
    partnership: Partnership, channel: str, addresses: list[str], seconds: str, at: datetime
) -> int:
    """Persons, memberships, confirmed contacts: sets, for there are thousands."""
    persons = [Person(name=f"Élise Van den Berghe {one}", language="fr", created_at=at) for one in addresses]
    first = ContactPoint.objects.filter(channel=seconds).count()
    pairs = [(person, channel, address, 1) for person, address in zip(persons, addresses, strict=True)]
    if seconds:
        pairs += [
            (person, seconds, outbox.address_of(seconds, first + number), 2) for number, person in enumerate(persons)
        ]
    with transaction.atomic():
        Person.objects.bulk_create(persons)
        Preference.objects.bulk_create(Preference(person=person, paused_until="") for person in persons)
        Membership.objects.bulk_create(
            Membership(partnership=partnership, person=person, state="active", asked_at=at, joined_at=at)
            for person in persons
        )
        ContactPoint.objects.bulk_create(
            ContactPoint(
                person=person,
                channel=key,
                address=address,
                rank=rank,
                digest=contact_digest(key, address),
                created_at=at,
                confirmed_at=at,
            )
            for person, key, address, rank in pairs
        )
    return len(pairs)


def create_draft_notice(kind: str = "alarm") -> Notice:
    """A message of the police that is written and not offered yet."""
    who = {"by": here[0].officer, "at": clock.now()}
    notice = notices.create_notice_draft(partnership=here[0].here.partnership, kind=kind, reason="threat", **who)
    about = {"reason": "threat", "expires_at": None, "official_reference": "", "keeps_secrecy": True}
    notices.set_details_of_draft(notice=notice, prosecutor_consulted_on=None, **about, **who)
    notices.write_text_and_drop_composition(
        notice=notice, language="fr", title="Vol par ruse", core=CORE, more="", **who
    )
    return notice


def create_submitted_notice(kind: str = "alarm") -> str:
    """A message of the police, offered for release; answers its id."""
    notice = create_draft_notice(kind)
    notices.submit_notice_for_release(notice=notice, by=here[0].officer, at=clock.now())
    return str(notice.pk)


def create_people_and_queue_sms(people: int, urgent: bool = True) -> str:
    """Without a quarter: tables, people with a telephone, and an urgent message for all; answers its id."""
    outbox.make_database()
    outbox.people(people, channel="sms", at=clock.now())
    message = outbox.message("sms", at=clock.now(), body="Fermez à clé.", urgent=urgent)
    message_queue.queue_for_people_in_range(str(message.pk), 0, people)
    return str(message.pk)


def record_sms_delivery_receipts(references: list[str]) -> None:
    """The network has these SMS, as Kannel tells it."""
    for reference in references:
        news = receipt_of_report(reference, BY_NETWORK)
        assert news
        record_receipt_and_move_dispatch(channel="sms", receipt=news, at=clock.now())


def release_notice(key: str) -> None:
    """Let it go, as the second officer."""
    notice, at = Notice.objects.get(pk=key), clock.now()
    notices.release_text_as_second_person(
        notice=notice, text_hash=notice.text_hash, proven_at=at, by=here[0].second_officer, at=at
    )


def relay_notice(key: str) -> list:
    """Pass it on to the members; answers the id of the message of the outbox and the time of the commit."""
    notices.relay_notice_to_members(notice=Notice.objects.get(pk=key), by=here[0].here.coordinator, at=clock.now())
    return [str(Notice.objects.get(pk=key).relay.message_id), clock.now().timestamp()]


def create_release_and_relay_notice(kind: str = "alarm") -> list:
    """Offer, release and relay at once; answers notice, message and the time of the commit."""
    key = create_submitted_notice(kind)
    release_notice(key)
    return [key, *relay_notice(key)]


def figures_on_coordinator_page(key: str) -> dict:
    """The figures that the coordinator reads on the page, and the numbers of the copies she is asked about."""
    browser = signing.signed_in(here[0].here.coordinator)
    page = browser.get(reverse("notices:relay:progress", args=[key])).content.decode()
    words = tally_names_by_page_label()
    figures = {words[unescape(label)]: int(number) for number, label in FIGURE.findall(page)}
    return {"figures": figures, "asked": _copies_in_doubt_on_page(browser, key)}


def _copies_in_doubt_on_page(browser: Client, key: str) -> list[int]:
    page = browser.get(reverse("notices:relay:unknown", args=[key])).content.decode()
    return [int(number) for number in re.findall(r'name="copy" value="(\d+)"', page)]


def figures_in_database(key: str) -> dict:
    """The same by the database: the tally, the ledger, and the copies in doubt."""
    message = Notice.objects.get(pk=key).relay.message
    counted = message_tally(message)
    doubtful = message.dispatches.filter(state=State.UNKNOWN).values_list("pk", flat=True)
    return {
        "figures": {name: getattr(counted, name) for name in tally_names_by_page_label().values()},
        "ledger": ledger(message).as_json(),
        "asked": sorted(doubtful),
    }


def outcome_by_address(message: str) -> dict:
    """What became of each address: state, reason, tries, unknowns, and the reasons along its way."""
    reasons: dict[int, list[str]] = {}
    rows = Attempt.objects.filter(dispatch__message=message).order_by("id")
    for number, reason in rows.values_list("dispatch", "reason"):
        reasons.setdefault(number, []).append(reason)
    copies = Dispatch.objects.filter(message=message).select_related("contact")
    return {
        copy.contact.address: [copy.state, copy.reason, copy.tries, copy.unknowns, reasons.get(copy.pk, [])]
        for copy in copies
        if copy.contact
    }


def count_copies_by_state() -> dict:
    """How many copies of all messages stand where."""
    return dict(Counter(Dispatch.objects.values_list("state", flat=True)))


PROCEDURES = message_queue.PROCEDURES | {
    one.__name__: one
    for one in (
        create_tables_and_cast,
        add_members,
        create_people_and_queue_sms,
        record_sms_delivery_receipts,
        create_submitted_notice,
        release_notice,
        relay_notice,
        create_release_and_relay_notice,
        figures_on_coordinator_page,
        figures_in_database,
        outcome_by_address,
        count_copies_by_state,
    )
}


def serve_procedure_calls() -> None:
    """Answer each call of a procedure on standard input, until that ends."""
    message_queue.serve_procedure_calls(PROCEDURES)
