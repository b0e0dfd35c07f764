"""Out: one folder a partnership, with everything for a machine and the same for people."""

import base64
import binascii
import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import icalendar
from django.db import models

from plp.evening.models import Meeting
from plp.journal.models import Entry
from plp.journal.queries import fields_of
from plp.membership.lists.files import csv_of
from plp.membership.models import Membership
from plp.notices.models import NoticeText
from plp.ops.moving.scope import LEFT_BEHIND, Rows, gathered
from plp.ops.moving.values import name_of, told
from plp.partnership.models import Partnership

FORMAT = 2  # 2: with who wrote each message
ENDINGS = {
    "application/pdf": "pdf",
    "application/zip": "zip",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "image/jpeg": "jpg",
    "image/png": "png",
}


def write(partnership: Partnership, folder: Path, *, at: datetime) -> dict[str, int]:
    """Write everything of a partnership into a new folder, readable by us alone; answer how many rows of each table."""
    folder.mkdir(mode=0o700, parents=True)
    rows = gathered(partnership)
    names = {(row._meta.label, row.pk): name_of(row) for found in rows.values() for row in found.values()}
    data = {
        table._meta.label: sorted((told(row, names) for row in found.values()), key=lambda values: values[""])
        for table, found in sorted(rows.items(), key=lambda pair: pair[0]._meta.label)
        if found
    }
    entries = Entry.objects.filter(chain=partnership.area.path).order_by("number")
    files = {
        "data.json": _json(data),
        "journal.json": _json([{**fields_of(one), "previous": one.previous, "hash": one.hash} for one in entries]),
        "members.csv": _members(rows),
        "members.vcf": _cards(rows),
        "messages.csv": _messages(rows),
        "meetings.ics": _calendar(rows),
        **dict(_documents(rows)),
    }
    counts = {label: len(found) for label, found in data.items()}
    sums = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    files["manifest.json"] = _json(
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


def _json(value: Any) -> bytes:
    return (json.dumps(value, indent=1, ensure_ascii=False, default=_plain) + "\n").encode()


def _plain(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _of(rows: Rows, table: type[models.Model]) -> list[Any]:
    return list(rows.get(table, {}).values())


def _members(rows: Rows) -> bytes:
    """Who belongs or belonged: as the list of members that can be read in again (docs/formats.md)."""
    lines = []
    for one in sorted(_of(rows, Membership), key=lambda row: row.asked_at):
        person, home = one.person, one.person.household
        contacts = list(person.contacts.order_by("rank"))
        street = home.street.name(person.language) if home else ""
        reach = [next((it.address for it in contacts if it.channel == channel), "") for channel in ("email", "sms")]
        joined = one.joined_at.date().isoformat() if one.joined_at else ""
        lines.append([person.name, person.language, street, home.house if home else "", *reach, one.state, joined])
    return csv_of(["name", "language", "street", "number", "email", "mobile", "state", "joined"], lines)


def _cards(rows: Rows) -> bytes:
    """The active members for an address book (vCard 4.0, RFC 6350)."""
    cards = []
    for one in _of(rows, Membership):
        if one.state == "active":
            lines = ["BEGIN:VCARD", "VERSION:4.0", f"UID:urn:uuid:{one.person.pk}", f"FN:{_escaped(one.person.name)}"]
            for contact in one.person.contacts.order_by("rank"):
                if contact.channel == "email":
                    lines.append(f"EMAIL:{_escaped(contact.address)}")
                elif contact.address.startswith("+"):
                    lines.append(f"TEL;VALUE=uri:tel:{contact.address}")
            cards.append("\r\n".join([*lines, "END:VCARD", ""]))
    return "".join(cards).encode()


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;").replace("\n", "\\n")


def _messages(rows: Rows) -> bytes:
    """What the police wrote, a line a language."""
    lines = [
        [
            str(one.notice_id),
            one.notice.kind,
            one.notice.state,
            one.notice.relayed_at.isoformat() if one.notice.relayed_at else "",
            one.language,
            one.title,
            one.core,
            one.more,
        ]
        for one in sorted(_of(rows, NoticeText), key=lambda text: (text.notice.created_at, text.language))
    ]
    return csv_of(["message", "kind", "state", "relayed", "language", "title", "text", "more"], lines)


def _calendar(rows: Rows) -> bytes:
    """Evenings and meetings of the members (iCalendar, RFC 5545)."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//PLP//export//")
    calendar.add("version", "2.0")
    for one in sorted(_of(rows, Meeting), key=lambda meeting: meeting.starts_at):
        event = icalendar.Event()
        event.add("uid", str(one.pk))
        event.add("dtstamp", one.convened_at or one.starts_at)
        event.add("dtstart", one.starts_at)
        event.add("dtend", one.ends_at)
        event.add("summary", str(one.get_purpose_display()))
        event.add("location", f"{one.place}, {one.street}")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _documents(rows: Rows) -> Iterator[tuple[str, bytes]]:
    """Everything that was stored as a file: charters, reports, files to FPS Interior."""
    for table, found in rows.items():
        names = {field.name for field in table._meta.concrete_fields}
        if {"content", "media"} <= names or table._meta.label == "launch.Sending":
            for row in found.values():
                ending = ENDINGS.get(getattr(row, "media", "application/zip"), "bin")
                name = f"documents/{table._meta.label_lower}-{row.pk}.{ending}"
                yield name, _bytes(row.content)  # type: ignore[attr-defined]


def _bytes(content: str) -> bytes:
    try:
        return base64.b64decode(content, validate=True)
    except binascii.Error:
        return content.encode()
