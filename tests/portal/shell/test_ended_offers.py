"""What the pages of an ended partnership still offer is done when somebody takes it: no link and no form is refused."""

import html
import re
from collections import deque
from collections.abc import Callable
from urllib.parse import urljoin

import pytest
from django.contrib.auth import SESSION_KEY
from django.db import transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import Resolver404, resolve

from plp.charter import actions as charter
from plp.charter.queries import default_plan_rules
from plp.launch.actions.life import end_partnership_and_notify
from plp.mandates.grants import Role, Task
from plp.mandates.models import Delegation
from plp.membership import candidates
from plp.membership.states import Function
from plp.partnership.statements import add_statement
from plp.people.models import Person
from plp.places.models import Area
from tests.charter import stage as staging
from tests.charter.stage import Stage
from tests.factories.cast import NOW, area, contact, hold, member, person
from tests.factories.firms import among_traders, trader
from tests.followup.stage import delegate, mandate_of, reachable, released
from tests.followup.together import convened, relayed
from tests.notices.test_notices import drafted
from tests.portal.membership.self_service.test_members import opened
from tests.portal.signing import AT, account_of, signed_in, stop_clock

pytestmark = pytest.mark.django_db
LINK = re.compile(r'<a\b[^>]*\bhref="([^"#]+)')
FORM = re.compile(r'<form\b([^>]*\bmethod="post"[^>]*)>(.*?)</form>', re.DOTALL)
ACTION = re.compile(r'\baction="([^"#]*)')
GIVEN = re.compile(r'<(?:input[^>]*type="(?:hidden|text)"|button)[^>]*\bname="([^"]+)"[^>]*\bvalue="([^"]*)"')
CHOSEN = re.compile(r'<select\b[^>]*\bname="([^"]+)".*?<option value="([^"]*)" selected', re.DOTALL)
REFUSALS = {404, 409}
LEFT_OUT = re.compile(  # one's own pages, those of no partnership, papers, other partnerships
    r"/(account|language|guide|try|advice|delivery|protection|p|street|check|report|alerts|zone|setup)/"
    r"|.*(laeken|\.[a-z]+$|/all/)"
)


STAYING_FORMS = {  # what is still done after an end, with its page: to write up what was, to end what lasts
    "coordinator": (
        "charter:contacts evaluation:begin followup:call_off launch:groundwork:area mandates:resign "
        "membership:desk:correct membership:desk:erase membership:desk:members membership:desk:stop_contact "
        "membership:enrolment:export notices:relay:detail"
    ),
    "deputy": "",
    "member": (
        "connections:calendar membership:self_service:about membership:self_service:erase "
        "membership:self_service:remove_contact membership:self_service:settings"
    ),
    "committee": "charter:contacts followup:call_off launch:groundwork:area mandates:resign notices:relay:detail",
    "trader": (
        "connections:calendar membership:self_service:about membership:self_service:erase "
        "membership:self_service:remove_contact membership:self_service:settings"
    ),
    "officer": (
        "charter:contacts evaluation:begin followup:call_off followup:rate followup:reports followup:sum_up "
        "launch:groundwork:area launch:plan:told mandates:end mandates:end_police mandates:people mandates:start "
        "notices:release:stop"
    ),
    "deputy_officer": (
        "followup:call_off followup:rate followup:reports followup:sum_up launch:groundwork:area notices:release:stop"
    ),
    "supervisor": "notices:release:stop",
    "chief": "charter:contacts mandates:end_police mandates:start_police notices:release:stop",
    "municipality": "charter:contacts",
    "federal": "",
    "administrator": "",
}
NOT_ABOUT_IT = (  # pages of the zone, of other partnerships, of the machine, of what is over by itself
    "alerts:receive connections:new_token delivery:overview exercises:exercise followup:plan_add followup:service_add "
    "home:find home:start installations:overview launch:groundwork:desk launch:idea:tell launch:plan:all "
    "launch:plan:numbers_of launch:plan:zone mandates:designate mandates:zone notices:answers:help_police "
    "notices:guidance:aid notices:relay:stop notices:write:drop notices:write:new "
    "sightings:desk"
)


def holder(role: Role, over: Area) -> Person:
    """Somebody with a role that nobody on the stage holds."""
    somebody = person("Anke Muster", "en")
    hold(somebody, role, over)
    return somebody


def committee_member(stage: Stage) -> Person:
    """A committee member to whom each task was given."""
    somebody = delegate(stage)
    mandate = mandate_of(somebody)
    others = [task for task in Task if task != Task.MESSAGES]
    Delegation.objects.bulk_create(Delegation(mandate=mandate, task=task, starts_at=NOW) for task in others)
    return somebody


HOLDERS: dict[str, Callable[[Stage], Person]] = {
    "coordinator": lambda stage: stage.here.coordinator,
    "deputy": lambda stage: stage.here.deputy,
    "committee": committee_member,
    "officer": lambda stage: stage.officer,
    "deputy_officer": lambda stage: holder(Role.DEPUTY_OFFICER, stage.zone),
    "supervisor": lambda stage: holder(Role.SUPERVISOR, stage.zone),
    "chief": lambda stage: stage.chief,
    "municipality": lambda stage: stage.mayor,
    "federal": lambda stage: holder(Role.FEDERAL, area("country", "be/", "Belgique")),
    "administrator": lambda stage: holder(Role.ADMINISTRATOR, stage.zone),
}
SIDES = {  # who walks through one partnership, one after the other
    "residents": "coordinator deputy member",
    "traders": "committee trader",
    "police": "officer deputy_officer supervisor chief",
    "authorities": "municipality federal administrator",
}


def browser_of(stage: Stage, walker: str) -> Client:
    """A browser in which an office signed in, or a member or trader opened their settings."""
    if walker in HOLDERS:
        return signed_in(HOLDERS[walker](stage))
    somebody = member(stage.partnership, "Marie") if walker == "member" else trader(stage.partnership, "Marie").person
    contact(somebody, "email", "marie@example.org")
    return opened("marie@example.org")


def stage_with_work_begun() -> Stage:
    """A partnership with one of each thing that an end finds half done."""
    stage = Stage()
    reachable(stage)
    for somebody in (stage.here.coordinator, stage.here.deputy):
        account_of(somebody)
    staging.drafted(stage)
    partnership, by = stage.partnership, {"by": stage.here.coordinator, "at": NOW}
    charter.draft_next_plan_version(partnership=partnership, rules=default_plan_rules(), **by)
    relayed(stage)
    released(stage, "advice")
    drafted(stage)
    convened(stage)
    candidate = member(partnership, "Emma Nouvelle")
    candidates.propose_candidate(partnership=partnership, person=candidate, function=Function.COMMITTEE, **by)
    add_statement(partnership=partnership, party="police", kind="motive", text="Se connaître", language="fr", **by)
    return stage


def end(stage: Stage) -> None:
    """The partnership ends."""
    end_partnership_and_notify(partnership=stage.partnership, reason="Décision.", by=stage.officer, at=AT)


def kind_of(address: str) -> str:
    """The name of the page behind ``address``; empty for what is left out."""
    path = address.partition("?")[0]
    try:
        return "" if LEFT_OUT.match(path) else str(resolve(path).view_name)
    except Resolver404:
        return ""


def status_of_form(client: Client, address: str, content: str) -> int:
    """What the form of ``content`` is answered with when it is sent as it stands; nothing of it stays."""
    cookies = client.cookies.output()
    with transaction.atomic():
        answer = client.post(address, dict(GIVEN.findall(content) + CHOSEN.findall(content)))
        transaction.set_rollback(True)
    client.cookies.load(cookies.replace("Set-Cookie: ", ""))
    return answer.status_code


class Walk:
    """What somebody sees of a partnership that has ended: each kind of page once, of each message its own."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.refused: dict[str, str] = {}  # what is offered and refused, with where
        self.shown: dict[str, str] = {}  # the pages by address, with their kind
        self.with_form: set[str] = set()  # the kinds of page that take a form
        self._sent: set[str] = set()

    def from_first_page(self) -> None:
        """Open what is offered from the first page on, and send each form as it stands."""
        start = first_page(self.client)
        waiting, known = deque([(start, kind_of(start), "")]), {start: kind_of(start)}
        while waiting:
            address, kind, offered_on = waiting.popleft()
            for target in addresses_on(self.open(address, kind, offered_on), address):
                if is_new(target, known):
                    known[target] = kind_of(target)
                    waiting.append((target, known[target], address))

    def open(self, address: str, kind: str, offered_on: str) -> str:
        """The page at ``address``; ``offered_on`` is empty when no page leads there any more."""
        answer = self.client.get(address)
        if answer.status_code in REFUSALS and offered_on:
            self.refused[f"{answer.status_code} {address}"] = offered_on
        page = content_of_page(answer)
        if page:
            self.shown[address] = kind
            self._send_forms(address, kind, page)
        return page

    def _send_forms(self, address: str, kind: str, page: str) -> None:
        if FORM.search(page.partition("<main")[2]):
            self.with_form.add(kind)
        for opening, content in FORM.findall(page):
            action = ACTION.search(opening)
            target = urljoin(address, html.unescape(action[1])) if action and action[1] else address
            form = f"{kind_of(target)} on {kind}"
            if kind_of(target) and form not in self._sent and "laeken" not in content:
                self._sent.add(form)
                status = status_of_form(self.client, target, content)
                if status in REFUSALS:
                    self.refused[f"{status} form {target}"] = address


OF_BEFORE = {"coordinator", "member", "trader", "officer"}  # who open again all that they opened before the end
OF_EACH = {"notices:relay:detail", "membership:desk:member"}  # of one moment they come in any order, with other forms


def first_page(client: Client) -> str:
    """Where somebody begins: members, who have no account, with their messages."""
    return "/" if SESSION_KEY in client.session else "/m/messages/"


def content_of_page(answer: HttpResponseBase) -> str:
    """The page that was answered; empty when it is refused, elsewhere, or a file."""
    is_page = isinstance(answer, HttpResponse) and "text/html" in answer.headers["Content-Type"]
    return answer.content.decode() if is_page and answer.status_code == 200 else ""


def addresses_on(page: str, address: str) -> list[str]:
    """Where the links of the page at ``address`` lead."""
    return [urljoin(address, html.unescape(link)) for link in LINK.findall(page)]


def is_new(target: str, known: dict[str, str]) -> bool:
    """Whether ``target`` is a page of a kind not ``known`` yet, or one of a kind of which each is opened."""
    kind = kind_of(target)
    return bool(kind) and target not in known and (kind in OF_EACH or kind not in known.values())


def addresses_offered(client: Client) -> dict[str, str]:
    """From the first page on, each kind of page by its address: once, but for each message its own."""
    start = first_page(client)
    waiting, known = deque([start]), {start: kind_of(start)}
    while waiting:
        address = waiting.popleft()
        for target in addresses_on(content_of_page(client.get(address)), address):
            if is_new(target, known):
                known[target] = kind_of(target)
                waiting.append(target)
    return known


@pytest.mark.parametrize("side", SIDES)
def test_an_ended_partnership_offers_nothing_that_is_refused_and_takes_only_what_is_of_use(
    monkeypatch: pytest.MonkeyPatch, side: str
) -> None:
    stop_clock(monkeypatch)
    stage = stage_with_work_begun()
    if side == "traders":
        among_traders(stage.partnership)
    walks = {office: Walk(browser_of(stage, office)) for office in SIDES[side].split()}
    before = {office: addresses_offered(walks[office].client) for office in walks if office in OF_BEFORE}

    end(stage)
    for office, walk in walks.items():
        walk.from_first_page()
        for address, kind in before.get(office, {}).items():
            if address not in walk.shown:
                walk.open(address, kind, "")

    with_form = {office: walk.with_form - set(NOT_ABOUT_IT.split()) for office, walk in walks.items()}
    assert {office: walk.refused for office, walk in walks.items() if walk.refused} == {}
    assert with_form == {office: set(STAYING_FORMS[office].split()) for office in walks}
    for office in walks.keys() & {"coordinator", "officer"}:
        assert {"launch:plan:where", "launch:pack:home", "evaluation:survey"} <= set(walks[office].shown.values())
