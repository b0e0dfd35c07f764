"""Out: one folder a partnership, with everything for a machine and the same for people."""

import base64
import binascii
import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import models

from plp.evening.models import Meeting
from plp.journal.models import Entry
from plp.journal.queries import hashed_fields_of
from plp.membership.lists.files import csv_bytes, escaped_vcard_value
from plp.membership.models import Membership
from plp.notices.models import NoticeText
from plp.ops.transfer.scope import LEFT_BEHIND, Rows, every_row_of_partnership
from plp.ops.transfer.values import export_name_of_row, values_of_row
from plp.partnership.models import Partnership
from plp.toolbox.lazy_import import lazy_import

if TYPE_CHECKING:
    import icalendar
else:
    icalendar = lazy_import("icalendar")

FORMAT = 2  # 2: with who wrote each message
ENDINGS = {
    "application/pdf": "pdf",
    "application/zip": "zip",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "image/jpeg": "jpg",
    "image/png": "png",
}


def write_partnership_to_private_folder(partnership: Partnership, folder: Path, *, at: datetime) -> dict[str, int]:
    """Write everything of a partnership into a new folder, readable by us alone; answer how many rows of each table."""
    folder.mkdir(mode=0o700, parents=True)
    rows = every_row_of_partnership(partnership)
    data = rows_as_values_by_table(rows)
    entries = Entry.objects.filter(chain=partnership.area.path).order_by("number")
    files = {
        "data.json": _as_json(data),
        "journal.json": _as_json(
            [{**hashed_fields_of(entry), "previous": entry.previous, "hash": entry.hash} for entry in entries]
        ),
        "members.csv": _members_as_csv(rows),
        "members.vcf": _active_members_as_vcards(rows),
        "messages.csv": _notices_as_csv(rows),
        "meetings.ics": _meetings_as_icalendar(rows),
        **dict(_stored_documents(rows)),
    }
    counts = {label: len(rows_of_table) for label, rows_of_table in data.items()}
    sums = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    files["manifest.json"] = _as_json(
        {
            "format": FORMAT,
            "version": version("plp"),
            "at": at.isoformat(),
            "partnership": partnership.key,
            "area": partnership.area.path,
            "counts": counts,
            "files": sums,
            "left_behind": LEFT_BEHIND,
        }
    )
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(mode=0o700, exist_ok=True)
        path.touch(mode=0o600)
        path.write_bytes(content)
    return counts


def rows_as_values_by_table(rows: Rows) -> dict[str, list[dict[str, Any]]]:
    """The rows as plain values, by table, each table in the order of its names."""
    names = {
        (row._meta.label, row.pk): export_name_of_row(row)
        for rows_of_table in rows.values()
        for row in rows_of_table.values()
    }
    return {
        table._meta.label: sorted(
            (values_of_row(row, names) for row in rows_of_table.values()), key=lambda values: values[""]
        )
        for table, rows_of_table in sorted(rows.items(), key=lambda pair: pair[0]._meta.label)
        if rows_of_table
    }


def _as_json(value: Any) -> bytes:
    return (json.dumps(value, indent=1, ensure_ascii=False, default=_json_value) + "\n").encode()


def _json_value(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _rows_of_table(rows: Rows, table: type[models.Model]) -> list[Any]:
    return list(rows.get(table, {}).values())


def _members_as_csv(rows: Rows) -> bytes:
    """Who belongs or belonged: as the list of members that can be read in again (docs/formats.md)."""
    lines = []
    for membership in sorted(_rows_of_table(rows, Membership), key=lambda row: row.asked_at):
        person, home = membership.person, membership.person.household
        contacts = list(person.contacts.order_by("rank"))
        street = home.street.name(person.language) if home else ""
        reach = [next((it.address for it in contacts if it.channel == channel), "") for channel in ("email", "sms")]
        joined = membership.joined_at.date().isoformat() if membership.joined_at else ""
        lines.append(
            [person.name, person.language, street, home.house if home else "", *reach, membership.state, joined]
        )
    return csv_bytes(["name", "language", "street", "number", "email", "mobile", "state", "joined"], lines)


def _active_members_as_vcards(rows: Rows) -> bytes:
    """The active members for an address book (vCard 4.0, RFC 6350)."""
    cards = []
    for membership in _rows_of_table(rows, Membership):
        if membership.state == "active":
            lines = [
                "BEGIN:VCARD",
                "VERSION:4.0",
                f"UID:urn:uuid:{membership.person.pk}",
                f"FN:{escaped_vcard_value(membership.person.name)}",
            ]
            for contact in membership.person.contacts.order_by("rank"):
                if contact.channel == "email":
                    lines.append(f"EMAIL:{escaped_vcard_value(contact.address)}")
                elif contact.address.startswith("+"):
                    lines.append(f"TEL;VALUE=uri:tel:{contact.address}")
            cards.append("\r\n".join([*lines, "END:VCARD", ""]))
    return "".join(cards).encode()


def _notices_as_csv(rows: Rows) -> bytes:
    """What the police wrote, a line a language."""
    lines = [
        [
            str(notice_text.notice_id),
            notice_text.notice.kind,
            notice_text.notice.state,
            notice_text.notice.relayed_at.isoformat() if notice_text.notice.relayed_at else "",
            notice_text.language,
            notice_text.title,
            notice_text.core,
            notice_text.more,
        ]
        for notice_text in sorted(
            _rows_of_table(rows, NoticeText), key=lambda text: (text.notice.created_at, text.language)
        )
    ]
    return csv_bytes(["message", "kind", "state", "relayed", "language", "title", "text", "more"], lines)


def _meetings_as_icalendar(rows: Rows) -> bytes:
    """Evenings and meetings of the members (iCalendar, RFC 5545)."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//PLP//export//")
    calendar.add("version", "2.0")
    for gathering in sorted(_rows_of_table(rows, Meeting), key=lambda meeting: meeting.starts_at):
        event = icalendar.Event()
        event.add("uid", str(gathering.pk))
        event.add("dtstamp", gathering.convened_at or gathering.starts_at)
        event.add("dtstart", gathering.starts_at)
        event.add("dtend", gathering.ends_at)
        event.add("summary", str(gathering.get_purpose_display()))
        event.add("location", f"{gathering.place}, {gathering.street}")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _stored_documents(rows: Rows) -> Iterator[tuple[str, bytes]]:
    """Everything that was stored as a file: charters, reports, files to FPS Interior."""
    for table, rows_of_table in rows.items():
        names = {field.name for field in table._meta.concrete_fields}
        if {"content", "media"} <= names or table._meta.label == "launch.Sending":
            for row in rows_of_table.values():
                ending = ENDINGS.get(getattr(row, "media", "application/zip"), "bin")
                name = f"documents/{table._meta.label_lower}-{row.pk}.{ending}"
                yield name, _decoded_file_content(row.content)  # type: ignore[attr-defined]


def _decoded_file_content(content: str) -> bytes:
    try:
        return base64.b64decode(content, validate=True)
    except binascii.Error:
        return content.encode()
