"""The page of the roles, made from the table of rights itself: its keys, its words and the comments beside them."""

import inspect
import re
from collections.abc import Iterator

from django.utils import translation

from plp.mandates import grants
from plp.mandates.grants import COVERING, GRANTS, TASKS, Permission, Role
from plp.mandates.rules import APPOINTED_WITH, AREAS, NEEDS_SCREENING

HEAD = """# Roles

Who may do what. Made from `src/plp/mandates/grants.py` by `./plp roles`, and held equal to it by a test: change the
table, then write this page anew with `./plp roles > docs/roles.md`.

A mandate covers an area and everything inside it. Rights are asked at every request from the mandates and the clock:
when a mandate ends, its rights are gone with the next click. It has a last day, or lasts a year from when it was
confirmed; whoever gives a role confirms and ends it, an administrator of the area what the operator gives, never their
own ([ADR 68](adr/0068-every-mandate-ends.md)). Visitors, members and candidates hold no mandate: they
see what is public, and their own data.
"""
EXPLAINED = re.compile(r'^    [A-Z_]+ = "([a-z_.]+)"  # (.+)$', re.MULTILINE)
REASONED = re.compile(r"((?:^    # .+\n)+)    Role\.([A-Z_]+):", re.MULTILINE)


def permission_meanings() -> dict[str, str]:
    """What each permission is, by its key: the comment beside it."""
    return dict(EXPLAINED.findall(inspect.getsource(Permission)))


def role_reasons() -> dict[str, str]:
    """Where each role's rights come from, by the role's key: the comment above its line."""
    reason_comments = REASONED.findall(inspect.getsource(grants))
    return {
        Role[name].value: " ".join(line.strip(" #") for line in text.splitlines()) for text, name in reason_comments
    }


def _appointing_roles(role: Role) -> str:
    needed = APPOINTED_WITH[role]
    if needed is None:
        return "the operator of the installation, with `./plp appoint`"
    holders = [str(holder.label) for holder in Role if needed in GRANTS[holder]]
    return f"the {' or '.join(holders)}"


def _markdown_lines_of_role(role: Role, meaning: dict[str, str], reason: str) -> Iterator[str]:
    yield f"\n## {str(role.label).capitalize()} (`{role.value}`)\n"
    if reason:
        yield f"{reason}\n"
    yield f"- **Over**: a {' or a '.join(AREAS[role])}"
    yield f"- **Given by**: {_appointing_roles(role)}" + (", after a screening" if role in NEEDS_SCREENING else "")
    yield "- **May**:"
    yield from (
        f"  - `{permission.value}`: {meaning[permission.value]}"
        for permission in Permission
        if permission in GRANTS[role]
    )


def roles_page_as_markdown() -> str:
    """The whole page as Markdown, in English."""
    with translation.override("en"):
        meaning, reason = permission_meanings(), role_reasons()
        lines = [HEAD.rstrip()]
        for role in Role:
            lines += _markdown_lines_of_role(role, meaning, reason.get(role.value, ""))
        lines += [
            "\n## While the coordinator is away\n",
            "A deputy named by the absence holds in addition, and every deputy while there is no coordinator:\n",
        ]
        lines += [f"- `{permission.value}`" for permission in Permission if permission in COVERING]
        lines += [
            "\n## Tasks of the committee\n",
            "The coordinator gives them one by one (R37), and takes them back:\n",
        ]
        for task, rights in TASKS.items():
            keys = ", ".join(f"`{permission.value}`" for permission in Permission if permission in rights)
            lines.append(f"- {task.label} (`{task.value}`): {keys}")
    return "\n".join(lines) + "\n"
