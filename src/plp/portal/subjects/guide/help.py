"""From the page where somebody stands to the task of a guide that explains it, and back. Data, and two questions."""

from urllib.parse import urlencode

from django.urls import Resolver404, resolve, reverse

from plp.mandates.queries import roles_of
from plp.portal.shell.requests import PortalRequest
from plp.portal.subjects.guide.contents import GUIDES, Guide, Task

# Each task by its guide, and the pages on which one asks how it is done. No page whose address is a secret.
EXPLAINS: dict[str, dict[str, tuple[str, ...]]] = {
    "coordinator": {
        "signin": ("account_login", "mfa_authenticate"),
        "relay": ("coordinator:inbox", "coordinator:detail", "coordinator:relay"),
        "follow": ("coordinator:calls", "coordinator:letters"),
        "welcome": ("coordinator:members", "coordinator:waiting", "coordinator:member", "enrolment:ask"),
        "paper": ("enrolment:desk", "enrolment:form"),
        "question": ("questions:coordinator", "questions:coordinator_one", "questions:share", "questions:pass_on"),
        "request": ("requests:asked", "requests:ask", "requests:asked_one"),
        "away": ("coordinator:absence",),
        "year": ("evaluation:index", "evaluation:home", "evaluation:write", "evaluation:read", "evaluation:sign"),
    },
    "officer": {
        "aid": ("police:aid",),
        "write": ("police:desk", "police:new", "police:edit", "police:detail"),
        "release": ("police:release", "police:detail"),
        "correct": ("police:stop",),
        "reports": ("sightings:desk", "sightings:detail", "sightings:answer", "sightings:close"),
        "feedback": ("police:detail",),
        "requests": ("requests:police", "requests:police_one"),
        "people": ("mandates:home", "mandates:people", "mandates:vote", "mandates:screening", "mandates:appoint"),
        "idea": ("groundwork:ideas", "groundwork:idea", "groundwork:take_up", "groundwork:decline"),
    },
    "chief": {
        "designate": ("mandates:zone", "mandates:designate", "mandates:end_police"),
        "charter": ("charter:index", "charter:home", "charter:signing", "charter:sign"),
        "rules": ("launch:zones", "launch:zone", "launch:numbers", "launch:numbers_of", "pack:zones"),
        "figures": ("zone:overview",),
        "breach": ("protection:home", "protection:breaches", "protection:record", "protection:breach"),
    },
    "municipality": {
        "plan": ("launch:all", "launch:where"),
        "charter": ("charter:index", "charter:home", "charter:text", "charter:signing", "charter:sign"),
        "reports": ("evaluation:index", "evaluation:home"),
        "figures": ("zone:overview",),
    },
    "committee": {
        "plan": ("launch:all", "launch:where", "launch:step"),
        "evening": ("evening:everywhere", "evening:home", "evening:plan", "evening:detail", "evening:invitations"),
        "documents": ("pack:home", "pack:document"),
        "charter": ("charter:index", "charter:home", "charter:text", "charter:clause", "charter:propose"),
        "propose": ("mandates:home", "mandates:people", "mandates:propose", "mandates:vote"),
    },
    "administrator": {
        "running": ("running:overview",),
        "outbox": ("running:open",),
        "first": ("setup:overview", "setup:name"),
        "access": ("mandates:start", "mandates:start_police", "mandates:answer_start"),
        "breach": ("protection:home", "protection:breaches", "protection:record", "protection:breach"),
    },
    "member": {
        "enter": ("members:ask", "members:code"),
        "read": ("members:messages",),
        "reach": ("members:settings", "members:add_contact", "members:confirm_contact"),
        "quiet": ("members:quiet", "members:pause"),
        "question": ("questions:ask", "questions:mine"),
        "stop": ("members:leave", "members:erase"),
    },
    "resident": {
        "covered": ("public:street",),
        "join": ("public:partnerships", "public:partnership", "public:join", "public:reach", "public:accept"),
        "report": ("sightings:start", "sightings:where", "sightings:what"),
        "check": ("public:check",),
        "idea": ("idea:tell", "idea:describe"),
    },
}


def _on_pages() -> dict[str, list[tuple[Guide, Task]]]:
    found: dict[str, list[tuple[Guide, Task]]] = {}
    for key, explained in EXPLAINS.items():
        tasks = {task.key: task for task in GUIDES[key].tasks}
        for name, views in explained.items():
            for view in views:
                found.setdefault(view, []).append((GUIDES[key], tasks[name]))
    return found


ON_PAGES = _on_pages()


def help_on(request: PortalRequest) -> str:
    """Where the page of ``request`` is explained, in the guide of its reader before another; "" if nowhere.

    A page that is about one task now and about another later names it: ``request.help_task``.
    """
    match = request.resolver_match
    told = ON_PAGES.get(match.view_name, []) if match else []
    named = getattr(request, "help_task", "")
    told = [pair for pair in told if pair[1].key == named] or told
    if not told:
        return ""
    guide, task = told[0] if len(told) == 1 else _for_reader(told, request)
    return f"{reverse('guide:task', args=[guide.key, task.key])}?{urlencode({'from': request.path})}"


def _for_reader(told: list[tuple[Guide, Task]], request: PortalRequest) -> tuple[Guide, Task]:
    roles = {mandate.role for mandate in roles_of(request.person, at=request.at)} if request.person else set()
    own = [pair for pair in told if pair[0].roles & roles]
    allowed = [pair for pair in told if pair[1].needs in request.permissions]
    return [*own, *allowed, *told][0]


def came_from(request: PortalRequest, guide: str, task: str) -> str:
    """The page from which the reader asked how ``task`` is done, if it is one of those; "" otherwise."""
    path = request.GET.get("from", "")
    try:
        view = resolve(path).view_name
    except Resolver404:
        return ""
    return path if view in EXPLAINS[guide][task] else ""
