"""The figures of a year, counted anew from the bare tables of a database file, without a line of our own queries."""

import sqlite3
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

BRUSSELS = ZoneInfo("Europe/Brussels")
URGENT = {"alarm", "missing_person", "calamity"}
PROMISED = {"alarm": timedelta(hours=24)}  # the plan that every partnership of the demonstration begins with
GONE, LOST = ("accepted", "delivered"), ("failed", "unknown", "expired", "stopped")
REPORT = """
SELECT r.partnership_id, r.begins, r.until, r.frozen_at, r.figures, r.state FROM evaluation_report r
JOIN partnership_partnership p ON p.id = r.partnership_id WHERE p.key = ?
"""
COPIES = """
SELECT d.channel, d.state, count(*) FROM delivery_dispatch d JOIN notices_relay y ON y.message_id = d.message_id
JOIN notices_notice n ON n.id = y.notice_id
WHERE n.partnership_id = ? AND n.relayed_at >= ? AND n.relayed_at < ? AND NOT d.replaced GROUP BY 1, 2
"""


def moment(text: str) -> datetime:
    """A moment as the file holds it: in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def border(day: date) -> str:
    """The first moment of a Belgian day, as the file would hold it."""
    return datetime.combine(day, time(0), tzinfo=BRUSSELS).astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")


class RawLedger:
    """The period of the first report of one partnership."""

    def __init__(self, base: sqlite3.Connection, key: str) -> None:
        self.base = base
        self.partnership, begins, until, frozen, self.figures, self.state = base.execute(REPORT, [key]).fetchone()
        after = date.fromisoformat(until) + timedelta(days=1)
        self.period = (self.partnership, border(date.fromisoformat(begins)), border(after))
        self.frozen = moment(frozen)

    def rows(self, table: str, columns: str, moment_of: str) -> list[tuple[Any, ...]]:
        """The rows of a table that fall into the period."""
        where = f"partnership_id = ? AND {moment_of} >= ? AND {moment_of} < ?"
        return self.base.execute(f"SELECT {columns} FROM {table} WHERE {where}", self.period).fetchall()

    def messages(self) -> dict[str, Any]:
        """By kind, and the urgent ones by day and night."""
        found = self.rows("notices_notice", "kind, relayed_at", "relayed_at")
        kinds = sorted({kind for kind, _at in found})
        hours = [moment(at).astimezone(BRUSSELS).hour for kind, at in found if kind in URGENT]
        nights = sum(hour >= 22 or hour < 6 for hour in hours)
        return {
            "by_kind": {kind: sum(one == kind for one, _at in found) for kind in kinds},
            "urgent_day": len(hours) - nights,
            "urgent_night": nights,
        }

    def feedback(self) -> dict[str, int]:
        """What was promised, given in time, given late or owed."""
        counted = {"feedback_due": 0, "feedback_in_time": 0, "feedback_late": 0}
        for key, kind, at, state in self.rows("notices_notice", "id, kind, relayed_at, state", "relayed_at"):
            if kind not in PROMISED or state != "relayed":
                continue
            first = self.base.execute("SELECT min(relayed_at) FROM notices_notice WHERE answers_id = ?", [key])
            given = first.fetchone()[0]
            ends = moment(at) + PROMISED[kind]
            counted["feedback_due"] += 1
            counted["feedback_in_time"] += given is not None and moment(given) <= ends
            counted["feedback_late"] += (moment(given) if given else self.frozen) > ends
        return counted

    def reach(self) -> dict[str, list[int]]:
        """Channel to copies, those that left, those that did not arrive."""
        counted: dict[str, list[int]] = {}
        for channel, state, number in self.base.execute(COPIES, self.period):
            row = counted.setdefault(channel, [0, 0, 0])
            row[0] += number
            row[1] += number if state in GONE else 0
            row[2] += number if state in LOST else 0
        return counted

    def requests(self) -> dict[str, int]:
        """Requests for information, by what became of them."""
        found = self.rows("followup_informationrequest", "state, due_at, ended_at", "asked_at")
        return {
            "requests": len(found),
            "requests_answered": sum(state == "answered" for state, *_when in found),
            "requests_refused": sum(state == "refused" for state, *_when in found),
            "requests_late": sum(
                (moment(ended) if ended else self.frozen) > moment(due) for _state, due, ended in found
            ),
        }

    def _ended(self, when: str | None) -> datetime:
        return moment(when) if when else self.frozen

    def members(self) -> dict[str, int]:
        """Who came and went."""
        return {
            "members_in": len(self.rows("partnership_membership", "id", "joined_at")),
            "members_out": len(self.rows("partnership_membership", "id", "left_at")),
        }

    def meetings(self) -> dict[str, int]:
        """Meetings that were held, with how many."""
        held = [key for key, at in self.rows("evening_meeting", "id, held_at", "starts_at") if at]
        came = [
            self.base.execute("SELECT sum(persons) FROM evening_attendance WHERE meeting_id = ?", [key]) for key in held
        ]
        return {"meetings": len(held), "attendance": sum(one.fetchone()[0] or 0 for one in came)}

    def all(self) -> dict[str, Any]:
        """Every figure that is counted here."""
        parts = (self.messages(), self.feedback(), self.requests(), self.members(), self.meetings())
        return {"reach": self.reach()} | {key: number for part in parts for key, number in part.items()}
