"""The other side of a proof with a web server: a quarter whose people are signed in, forms for them to send, and what
came of each. A process with the database under test (``proof.procedures.message_queue.serve_procedure_calls``).
"""

from collections import Counter
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model
from django.urls import reverse

from plp.delivery import actions
from plp.delivery.models import Dispatch, Message
from plp.delivery.queries import outbox_figures_for_operators
from plp.journal.models import Entry
from plp.journal.queries import verify_journal
from plp.membership import list_drafts
from plp.membership.models import ListImport, Membership
from plp.notices.models import Notice
from plp.places.models import Coverage
from plp.toolbox import clock
from proof.procedures import message_queue, quarter_members
from tests.factories import outbox
from tests.factories.cast import Cast
from tests.membership.lists.stage import PROOF, streets
from tests.portal import signing

CSRF = "c" * 32  # cookie and field agree, as in a browser
ROWS = 3  # people on each list
HEADER = "Nom;Rue;N°;GSM;Courriel;Langue\n"


def create_cast_streets_and_members(members: int) -> None:
    """Tables as the web server wants them, the cast, streets and members with e-mail addresses."""
    quarter_members.create_tables_and_cast()
    settings.MIGRATION_MODULES = {}
    recorder, loader = MigrationRecorder(connection), MigrationLoader(connection)
    for app, name in sorted(set(loader.disk_migrations) - set(loader.applied_migrations)):
        recorder.record_applied(app, name)
    streets(current_cast())
    for covered in Coverage.objects.filter(area=current_cast().here.area):
        Coverage.objects.create(
            area=current_cast().next_door.area, street=covered.street
        )  # lists are of the next quarter
    quarter_members.add_members("email", [f"member{number}@example.be" for number in range(members)])


def current_cast() -> Cast:
    """Who plays."""
    return quarter_members.here[0]


def sign_in_and_get_cookies_by_act() -> dict[str, str]:
    """The cookies of whoever releases, relays and brings lists in, all freshly proven."""
    signing.NOW = signing.AT = clock.now()
    people = {
        "release": current_cast().second_officer,
        "relay": current_cast().here.coordinator,
        "bring_in": current_cast().next_door.coordinator,
    }
    return {
        act: f"{settings.SESSION_COOKIE_NAME}={signing.signed_in(person).session.session_key}; csrf={CSRF}; language=en"
        for act, person in people.items()
    }


def create_forms_ready_to_send(each: dict[str, int]) -> list[dict[str, Any]]:
    """So many forms of each act, ready to be sent: where to, by whom, with which fields."""
    made = [_release_form_of_new_notice() for _one in range(each.get("release", 0))]
    made += [_relay_form_of_new_notice() for _one in range(each.get("relay", 0))]
    return made + [_bring_in_form_of_new_list() for _one in range(each.get("bring_in", 0))]


def _form_of_act(act: str, key: str, address: str, **fields: str) -> dict[str, Any]:
    return {"act": act, "key": key, "path": address, "fields": {"csrfmiddlewaretoken": CSRF, **fields}}


def _release_form_of_new_notice() -> dict[str, Any]:
    key = quarter_members.create_submitted_notice()
    words = Notice.objects.values_list("text_hash", flat=True).get(pk=key)
    return _form_of_act("release", key, reverse("notices:release:release", args=[key]), text_hash=words)


def _relay_form_of_new_notice() -> dict[str, Any]:
    key = quarter_members.create_submitted_notice()
    quarter_members.release_notice(key)
    return _form_of_act("relay", key, reverse("notices:relay:relay", args=[key]))


def _bring_in_form_of_new_list() -> dict[str, Any]:
    place = ListImport.objects.count()
    name = "".join(chr(97 + int(digit)) for digit in str(place))
    rows = (
        f"Ada {name}{'abc'[row]};Rue de Verdun;{place % 900 + 1};;l{place}r{row}@x.test;fr\n" for row in range(ROWS)
    )
    content = (HEADER + "".join(rows)).encode()
    there, at = current_cast().next_door, clock.now()
    listed = list_drafts.create_list_draft_from_file(
        partnership=there.partnership, content=content, proof=PROOF, by=there.coordinator, at=at
    )
    return _form_of_act("bring_in", str(listed.pk), reverse("membership:enrolment:bring_in", args=[listed.pk]))


def count_rows_written_by_act(act: str, key: str) -> list[int]:
    """Of each row that the act writes: how many times over it is there. All 0: not done; all 1: done; else half, or
    repeated.
    """
    return {"release": _release_row_counts, "relay": _relay_row_counts, "bring_in": _bring_in_row_counts}[act](
        UUID(key)
    )


def _count_journal_entries(verb: str, target: Model) -> int:
    return Entry.objects.filter(verb=verb, target=f"{target._meta.label_lower}:{target.pk}").count()


def _release_row_counts(key: UUID) -> list[int]:
    notice = Notice.objects.get(pk=key)
    return [
        int(notice.state != "submitted"),
        int(hasattr(notice, "release")),
        _count_journal_entries("notice.released", notice),
    ]


def _relay_row_counts(key: UUID) -> list[int]:
    notice = Notice.objects.get(pk=key)
    copies = Dispatch.objects.filter(message__subject=key).count()
    relay = getattr(notice, "relay", None)
    whole = copies // relay.audience if relay and not copies % relay.audience else -int(copies > 0)
    state, messages = int(notice.state != "released"), Message.objects.filter(subject=key).count()
    return [state, int(relay is not None), messages, whole, _count_journal_entries("notice.relayed", notice)]


def _bring_in_row_counts(key: UUID) -> list[int]:
    listed = ListImport.objects.get(pk=key)
    persons = (listed.made or {}).get("persons", [])
    members = Membership.objects.filter(person__in=persons).count()
    return [
        int(listed.state != "draft"),
        members // ROWS if not members % ROWS else -1,
        _count_journal_entries("list.brought_in", listed),
    ]


def count_members_doubles_and_flaws() -> dict[str, Any]:
    """The sums of everything: what stands without a list or a relay, and whether the journal's chains hold."""
    made = [person for (made,) in ListImport.objects.values_list("made") for person in (made or {}).get("persons", [])]
    queued = Counter(Dispatch.objects.values_list("message__subject", "contact"))
    return {
        "members": Membership.objects.count() - len(made),
        "doubled": sum(number - 1 for number in queued.values()),
        "flaws": len(verify_journal().flaws),
    }


def is_database_intact() -> bool:
    """Whether the database finds itself whole (SQLite), or every table can be read to its end (PostgreSQL)."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA integrity_check")
            return bool(cursor.fetchall() == [("ok",)])
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT count(t.*) FROM {connection.ops.quote_name(table)} t")  # reads each row
    return True


def ledger_and_copies_of_all_messages() -> dict[str, Any]:
    """The copies of all messages, in the shape of one message's book, and for how many persons they are."""
    found = [
        message_queue.ledger_and_copy_states(str(message)) for message in Message.objects.values_list("pk", flat=True)
    ]
    copies = {reference: copy for one in found for reference, copy in one["copies"].items()}
    balanced = all(one["ledger"]["balanced"] for one in found)
    return {"copies": copies, "ledger": {"balanced": balanced}, "people": len(copies)}


def oldest_overdue_seconds() -> float:
    """For how many seconds the oldest copy that should have left is overdue."""
    seconds: float = outbox_figures_for_operators(clock.now())["oldest_seconds"]
    return seconds


def create_people_and_queue_message(people: int) -> str:
    """So many people more, and a message queued for them and everybody else; answers its id."""
    outbox.people(people, at=clock.now(), first=1_000_000)
    made = outbox.message(at=clock.now())
    actions.enqueue_copy_for_each_person(message=made, contacts=outbox.audience(), at=clock.now())
    return str(made.pk)


def closing_connection_after(procedure: Callable[..., Any]) -> Callable[..., Any]:
    """The procedure, and no file of the database is left open: its disk may be taken away."""

    def run_and_close_connection(*arguments: Any) -> Any:
        try:
            return procedure(*arguments)
        finally:
            connection.close()

    return run_and_close_connection


OWN = (
    create_cast_streets_and_members,
    oldest_overdue_seconds,
    create_people_and_queue_message,
    sign_in_and_get_cookies_by_act,
    create_forms_ready_to_send,
    count_rows_written_by_act,
    count_members_doubles_and_flaws,
    is_database_intact,
    ledger_and_copies_of_all_messages,
)
PROCEDURES = {
    name: closing_connection_after(one)
    for name, one in (quarter_members.PROCEDURES | {one.__name__: one for one in OWN}).items()
}


def serve_procedure_calls() -> None:
    """Answer each call of a procedure on standard input, until that ends."""
    message_queue.serve_procedure_calls(PROCEDURES)
