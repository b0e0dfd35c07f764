"""Reads plans: whether a statement goes through a table of the country row by row, and how much it would read."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import ProgrammingError
from django.db.backends.base.base import BaseDatabaseWrapper

from tests.plans.country import grown_tables

MOST = 20_000.0  # the planner's units: the audience of a quarter is found by indexes for a fiftieth of it
READS = ("SELECT", "WITH", "(", "UPDATE", "DELETE", "INSERT")
SCANS = {"Seq Scan", "Index Scan", "Index Only Scan"}


def has_plan(sql: str) -> bool:
    """Whether a statement looks for rows at all."""
    words = sql.lstrip()
    return words.startswith(READS) and not (words.startswith("INSERT") and "SELECT" not in words)


def plan_nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A plan and all of its parts."""
    yield plan
    for part in plan.get("Plans", ()):
        yield from plan_nodes(part)


def asks_each_row(node: dict[str, Any], partial: Collection[str]) -> bool:
    """Whether a part of a plan looks at row after row of its table for those that it wants."""
    return (
        node["Node Type"] in SCANS
        and "Filter" in node
        and "Index Cond" not in node
        and node.get("Index Name") not in partial
    )


def plan_flaws(plan: dict[str, Any], grown: Collection[str], partial: Collection[str]) -> list[str]:
    """What is wrong. ``grown``: tables never read from end to end; ``partial``: indexes that hold few of their rows."""
    flaws = [
        f"asks each row of {node['Relation Name']} whether {node['Filter']}"
        for node in plan_nodes(plan)
        if node.get("Relation Name") in grown and asks_each_row(node, partial)
    ]
    if plan["Total Cost"] > MOST:
        scans = {
            f"{node['Node Type']} of {node['Relation Name']}" for node in plan_nodes(plan) if "Relation Name" in node
        }
        flaws.append(f"costs {plan['Total Cost']:,.0f}: {', '.join(sorted(scans))}")
    return flaws


@dataclass
class PlanReader:
    """Asks a database that looks like the whole country."""

    line: BaseDatabaseWrapper

    @cached_property
    def grown(self) -> set[str]:
        """The tables that are never read from end to end."""
        return grown_tables()

    @cached_property
    def partial(self) -> set[str]:
        """The indexes that hold only some rows of their table: what waits, what failed."""
        with self.line.cursor() as cursor:
            cursor.execute("SELECT indexrelid::regclass::text FROM pg_index WHERE indpred IS NOT NULL")
            return {name for (name,) in cursor.fetchall()}

    def explain(self, sql: str, values: Any) -> dict[str, Any]:
        """The plan of a statement, as PostgreSQL tells it."""
        with self.line.cursor() as cursor:
            cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", values)
            answer = cursor.fetchone()[0]
        plan: dict[str, Any] = (json.loads(answer) if isinstance(answer, str) else answer)[0]["Plan"]
        return plan

    def find_flaws(self, sql: str, values: Any) -> list[str]:
        """What is wrong with how the rows of a statement would be found; nothing if it asks for what is not there."""
        try:
            plan = self.explain(sql, values) if has_plan(sql) else None
        except ProgrammingError:  # a test asks for a table that it made or broke itself
            return []
        return plan_flaws(plan, self.grown, self.partial) if plan else []
