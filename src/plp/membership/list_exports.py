"""The list of members taken out as a file: seldom, with a reason, and never unseen (T12, R80)."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from plp.delivery import pages
from plp.delivery.installed import channels
from plp.delivery.letters import LetterTemplate, send_letter
from plp.delivery.texts import strip_slots
from plp.documents.dates import date_format
from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.queries import permission_holders, require
from plp.membership.lists.files import HANDOVER, MEDIA, MemberLine, list_file
from plp.membership.lists.handover import ReachChoices, handover_csv
from plp.membership.lists.rows import MAIL, TELEPHONE
from plp.membership.member_papers import address_labels_pdf, member_call_list_pdf
from plp.membership.models import ListExport, Membership
from plp.membership.states import Belonging
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.people.queries import contacts_of
from plp.places.rules import house_sort_key
from plp.toolbox.clock import local
from plp.toolbox.ids import new_check_code
from plp.toolbox.moves import Refused

TEXTS = Path(__file__).parent / "texts"
TAKEN_OUT = LetterTemplate(TEXTS, "taken_out", "partnership.taken_out")
A_DAY = 3
PHONE_LIST, LABELS = PRINTED = "phones", "labels"  # forms that are paper
ENDINGS = {HANDOVER: "csv", PHONE_LIST: "pdf", LABELS: "pdf"}
PROOF_LASTS = timedelta(minutes=5)
SHORTEST_REASON = 10


class NotFresh(Refused):
    """The second factor was not proved within five minutes."""

    sentence = _("Prove with your second proof that it is you, then ask for the list again.")


class NoReason(Refused):
    """Nobody takes the list out without saying why."""

    sentence = _("Say in a few words what you need the list for.")
    field = "reason"


class EnoughToday(Refused):
    """Three lists were taken out today."""

    sentence = _("The list was exported three times today. That is the limit: ask for it again tomorrow.")


@dataclass(frozen=True)
class ExportFile:
    """A file to give to the browser, once: it is not kept."""

    content: bytes
    media: str
    name: str


def exports_left_today(partnerships: Iterable[Partnership], *, at: datetime) -> dict[UUID, int]:
    """How many times the list of each may still be taken out today: one query."""
    keys = [partnership.pk for partnership in partnerships]
    today = ListExport.objects.filter(partnership__in=keys, day=local(at).date())
    taken = Counter(today.values_list("partnership", flat=True))
    return {key: max(0, A_DAY - taken[key]) for key in keys}


@transaction.atomic
def export_list_and_notify(
    *,
    partnership: Partnership,
    form: str,
    reason: str,
    proven_at: datetime | None,
    by: Person,
    at: datetime,
    only: Collection[UUID] | None = None,
) -> ExportFile:
    """The list of members as a file; the mandated officers are told that it was taken, and why.

    ``form`` is a key of ``MEDIA``, ``HANDOVER`` for another platform of warnings (R132), or one of ``PRINTED``;
    ``only``: the memberships to which the file is limited. Raises ``NotAllowed``, ``NotFresh``, ``NoReason`` or
    ``EnoughToday``.
    """
    require(by, Permission.MEMBERS_MANAGE, partnership.area, at=at)
    if proven_at is None or not timedelta(0) <= at - proven_at <= PROOF_LASTS:
        raise NotFresh
    if len(reason.strip()) < SHORTEST_REASON:
        raise NoReason
    members = _members_to_export(partnership, only)
    taken = _create_numbered_export(partnership, form, strip_slots(reason.strip()), rows=len(members), by=by, at=at)
    content = _export_file_bytes(form, members, taken)
    _notify_officers_of_export(taken, by=by, at=at)
    note(
        verb="list.taken_out",
        by=by,
        at=at,
        area=partnership.area.path,
        target=taken,
        form=form,
        rows=taken.rows,
        number=taken.number,
    )
    ending = ENDINGS.get(form, form)
    return ExportFile(
        content, MEDIA.get(ending, "application/pdf"), f"plp-{partnership.key}-{taken.day}-{taken.code}.{ending}"
    )


def _export_file_bytes(form: str, members: Sequence[Membership], list_export: ListExport) -> bytes:
    """The bytes of the file, its words in the language of whoever takes it."""
    if form == PHONE_LIST:
        name = list_export.partnership.name()
        return member_call_list_pdf(
            members, partnership_name=name, export_code=list_export.code, at=list_export.taken_at
        )
    if form == LABELS:
        return address_labels_pdf(members, export_code=list_export.code, at=list_export.taken_at)
    lines = _member_lines_and_choices(members)
    return (
        handover_csv(lines, export_code=list_export.code)
        if form == HANDOVER
        else _member_list_bytes(form, lines, list_export)
    )


def _member_list_bytes(form: str, lines: Sequence[tuple[MemberLine, ReachChoices]], list_export: ListExport) -> bytes:
    """The list for people, its columns named in their language."""
    header = (
        gettext("Name"),
        gettext("Street"),
        gettext("House number"),
        gettext("Postcode"),
        gettext("E-mail"),
        gettext("Telephone"),
        gettext("Language"),
        gettext("Member since"),
        gettext("Copy"),
    )
    words = gettext("Confidential. Copy %(code)s, exported on %(day)s.") % {
        "code": list_export.code,
        "day": list_export.day,
    }
    return list_file(form, header, [line for line, _wish in lines], export_code=list_export.code, note=words)


def _create_numbered_export(
    partnership: Partnership, form: str, reason: str, *, rows: int, by: Person, at: datetime
) -> ListExport:
    """The row of this export, under the next free number of the day. Raises ``EnoughToday``."""
    day = local(at).date()
    for _try in range(A_DAY):
        number = _next_export_number(partnership, day)
        if number > A_DAY:
            break
        values = {
            "code": new_check_code(),
            "reason": reason,
            "form": form,
            "rows": rows,
            "taken_by": by,
            "taken_at": at,
        }
        try:
            with transaction.atomic():
                return ListExport.objects.create(partnership=partnership, day=day, number=number, **values)
        except IntegrityError:  # somebody asked at the same moment and was first: the next number is ours
            continue
    raise EnoughToday


def _next_export_number(partnership: Partnership, day: date) -> int:
    return ListExport.objects.filter(partnership=partnership, day=day).count() + 1


def _members_to_export(partnership: Partnership, only: Collection[UUID] | None) -> list[Membership]:
    """The active members in the order of a walk, with all that a file tells of them."""
    active = Membership.objects.filter(partnership=partnership, state=Belonging.ACTIVE)
    active = active if only is None else active.filter(pk__in=only)
    rows = active.select_related("person__household__street", "person__preference", "firm")
    rows = rows.prefetch_related("person__contacts", "person__muted")
    return sorted(rows.order_by("person__household__street__folded", "joined_at", "pk"), key=_walking_order_key)


def _walking_order_key(membership: Membership) -> tuple[str, str]:
    home = membership.person.household
    return (home.street.folded, house_sort_key(home.house)) if home else ("", "")


def _member_lines_and_choices(members: Iterable[Membership]) -> list[tuple[MemberLine, ReachChoices]]:
    """Members as text: a pause changes nothing here (T14)."""
    installed = channels()
    kinds = {key: channel.address_form.input_type for key, channel in installed.items()}
    lines = []
    for membership in members:
        person, home = membership.person, membership.person.household
        points = [point for point in person.contacts.all() if point.stopped_at is None]
        phones = [point for point in points if kinds.get(point.channel) == TELEPHONE]
        line = MemberLine(
            name=person.name,
            street=home.street.name(person.language) if home else "",
            house=home.house if home else "",
            postcode=home.street.postcode if home else "",
            mails=tuple(point.address for point in points if kinds.get(point.channel) == MAIL),
            phones=tuple(point.address for point in phones),
            language=person.language,
            since=local(membership.joined_at).date().isoformat() if membership.joined_at else "",
        )
        mobiles = [point.address for point in phones if not installed[point.channel].abilities.by_hand]
        ways = [point.channel for point in sorted(points, key=lambda point: point.rank) if point.confirmed_at]
        muted = sorted(membership.topic for membership in person.muted.all())
        lines.append((line, ReachChoices(tuple(mobiles), tuple(dict.fromkeys(ways)), tuple(muted))))
    return lines


def _notify_officers_of_export(list_export: ListExport, *, by: Person, at: datetime) -> None:
    """Tell the mandated officers that the list was taken out: by whom, when and why, and no name of a member."""
    partnership = list_export.partnership
    send_letter(
        TAKEN_OUT,
        to=contacts_of(permission_holders(Permission.MANDATE_APPOINT_COORDINATOR, partnership.area, at=at)),
        context=lambda language: {
            "partnership": partnership.name(language),
            "who": strip_slots(by.name),
            "day": date_format(local(at), "DATETIME_FORMAT"),
            "count": str(list_export.rows),
            "reason": list_export.reason,
            "code": list_export.code,
            "link": pages.START.link(),
        },
        area=partnership.area,
        by=by,
        at=at,
    )
