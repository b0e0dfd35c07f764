"""From the page where somebody stands to the task of a guide that explains it, and back.

Which page is explained by which task is said by the subject of the page, in its ``offers.py``.
"""

from functools import cache
from urllib.parse import urlencode

from django.urls import Resolver404, resolve, reverse

from plp.mandates.queries import mandates_of
from plp.portal.shell.offers import all_offers
from plp.portal.shell.requests import PortalRequest
from plp.portal.subjects.guide.contents import GUIDES, Guide, Task

# Of several guides that explain one page, the first of these stands before the others for whoever has none of their
# roles: a coordinator reads what the committee reads, not the guide of the chief of corps.
PRECEDENCE = ("coordinator", "committee", "officer", "chief", "municipality", "administrator", "member", "resident")


@cache
def pages_by_guide_task() -> dict[str, frozenset[str]]:
    """The names of the pages that each task explains, by "guide/task"."""
    pages: dict[str, frozenset[str]] = {}
    for offers in all_offers():
        for task, views in offers.help.items():
            pages[task] = pages.get(task, frozenset()) | {*views}
    return pages


@cache
def guide_tasks_by_page() -> dict[str, list[tuple[Guide, Task]]]:
    """The tasks that explain each page, by its name."""
    tasks: dict[str, list[tuple[Guide, Task]]] = {}
    for key in PRECEDENCE:
        for task in GUIDES[key].tasks:
            for view in sorted(pages_by_guide_task().get(f"{key}/{task.key}", ())):
                tasks.setdefault(view, []).append((GUIDES[key], task))
    return tasks


def help_address_of_page(request: PortalRequest) -> str:
    """Where the page of ``request`` is explained, in the guide of its reader before another; "" if nowhere.

    A page that is about one task now and about another later names it: ``request.help_task``.
    """
    match = request.resolver_match
    explained = guide_tasks_by_page().get(match.view_name, []) if match else []
    task_now = getattr(request, "help_task", "")
    explained = [pair for pair in explained if pair[1].key == task_now] or explained
    if not explained:
        return ""
    guide, task = explained[0] if len(explained) == 1 else _guide_and_task_for_reader(explained, request)
    return f"{reverse('guide:task', args=[guide.key, task.key])}?{urlencode({'from': request.path})}"


def _guide_and_task_for_reader(explained: list[tuple[Guide, Task]], request: PortalRequest) -> tuple[Guide, Task]:
    roles = {mandate.role for mandate in mandates_of(request.person, at=request.at)} if request.person else set()
    own = [pair for pair in explained if pair[0].roles & roles]
    allowed = [pair for pair in explained if pair[1].needs in request.permissions]
    return [*own, *allowed, *explained][0]


def page_of_origin(request: PortalRequest, guide: str, task: str) -> str:
    """The page from which the reader asked how ``task`` is done, if it is one of those; "" otherwise."""
    path = request.GET.get("from", "")
    try:
        view = resolve(path).view_name
    except Resolver404:
        return ""
    return path if view in pages_by_guide_task().get(f"{guide}/{task}", ()) else ""
