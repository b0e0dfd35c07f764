"""An action is keyword-only, and says who acts and when (docs/design.md#actions)."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from plp.ops.environment import PACKAGE
from tests.guards.tree import sources

# Acts of a supplier, of the clock or of another action: nobody's, so they say when and not who.
MACHINES = {
    "delivery.enqueue_copy_for_each_person": "the fourth beat of the action that says something",
    "delivery.expire_waiting_copies": "the clock",
    "delivery.requeue_failed_by_next_contact": "a supplier's refusal",
    "delivery.record_receipt_and_move_dispatch": "a supplier",
    "launch.refresh_stale_plan_positions": "the copy for lists of what other rows say",
    "notices.relay_by_code_reply_and_answer": "whoever holds the telephone or the mailbox: the code says who",
    "sightings.turn_reply_into_question": "whoever holds the telephone or the mailbox, for its owner",
    "delivery.stop_contact": "whoever holds the telephone or the letter: STOP needs no sign-in",
}


def exported(folder: Path) -> set[str]:
    """The names that a package hands on: what the rooms above may call."""
    nodes = ast.parse((folder / "__init__.py").read_text(encoding="utf-8")).body
    return {alias.name for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names}


def actions(package: Path) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Every action below ``package`` as ``room.name``: the public functions, or those a package exports if it does."""
    for pattern in ("*/actions.py", "*/actions/*.py"):
        for path, tree in sources(package, pattern):
            room = path.relative_to(package).parts[0]
            shown = (exported(path.parent) or None) if path.parent.name == "actions" else None
            for node in tree.body:
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (
                    node.name in shown if shown is not None else not node.name.startswith("_")
                ):
                    yield f"{room}.{node.name}", node


def faults(package: Path) -> list[str]:
    """Actions that take positional arguments, or do not say ``by`` and ``at``."""
    found = []
    for name, action in actions(package):
        named = {argument.arg for argument in action.args.kwonlyargs}
        wanted = {"at"} if name in MACHINES else {"by", "at"}
        if action.args.args or action.args.posonlyargs or not wanted <= named:
            found.append(name)
    return found


def test_actions_are_keyword_only_and_say_by_and_at() -> None:
    assert faults(PACKAGE) == []
    assert set(MACHINES) <= {name for name, _ in actions(PACKAGE)}


def test_bad_actions_are_found(tmp_path: Path) -> None:
    room = tmp_path / "room"
    room.mkdir()
    (room / "actions.py").write_text(
        "def sign(charter, *, by, at): ...\n"
        "def amend(*, charter, at): ...\n"
        "def agree(*, charter, by, at): ...\n"
        "def _row(charter): ...\n"
    )

    assert faults(tmp_path) == ["room.sign", "room.amend"]


def test_what_rows_of_all_rooms_point_at_is_locked_without_its_key() -> None:
    """Else PostgreSQL makes whoever adds such a row wait, who may hold the journal that the first waits for next."""
    locks = re.compile(r"(?:Partnership|Area)\.objects[^\n]*select_for_update\(\)")
    faults = [
        path.relative_to(PACKAGE).as_posix()
        for path in Path(PACKAGE).rglob("*.py")
        if locks.search(path.read_text(encoding="utf-8"))
    ]

    assert faults == []
