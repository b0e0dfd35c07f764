"""What the pages of an ended partnership still offer is done when somebody takes it: no link and no form is refused."""

import html
import re
from collections import deque
from collections.abc import Callable
from urllib.parse import urljoin

import pytest
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve

from plp.charter import actions as charter
from plp.charter.queries import default_plan_rules
from plp.launch.actions.life import end_partnership_and_notify
from plp.membership import candidates
from plp.membership.states import Function
from plp.partnership.statements import add_statement
from plp.people.models import Person
from tests.charter import stage as staging
from tests.charter.stage import Stage
from tests.factories.cast import NOW, member
from tests.followup.stage import reachable, released
from tests.followup.together import convened, relayed
from tests.notices.test_notices import drafted
from tests.portal.signing import AT, account_of, signed_in, stop_clock

pytestmark = pytest.mark.django_db
LINK = re.compile(r'<a\b[^>]*\bhref="([^"#]+)')
FORM = re.compile(r'<form\b([^>]*\bmethod="post"[^>]*)>(.*?)</form>', re.DOTALL)
ACTION = re.compile(r'\baction="([^"#]*)')
GIVEN = re.compile(r'<(?:input[^>]*type="hidden"|button)[^>]*\bname="([^"]+)"[^>]*\bvalue="([^"]*)"')
REFUSALS = {404, 409}
HOLDERS: dict[str, Callable[[Stage], Person]] = {
    "coordinator": lambda stage: stage.here.coordinator,
    "officer": lambda stage: stage.officer,
    "chief": lambda stage: stage.chief,
    "municipality": lambda stage: stage.mayor,
}
LEFT_OUT = re.compile(  # one's own pages, those of no partnership, papers, other partnerships
    r"/(m|account|language|guide|try|advice|delivery|protection|p|street|check|report|alerts|zone)/"
    r"|.*(laeken|\.[a-z]+$|/all/)"
)


STAYING_FORMS = {  # what is still done after an end, with its page: to write up what was, to end what lasts
    "coordinator": (
        "charter:contacts evaluation:begin followup:call_off launch:groundwork:area mandates:resign "
        "membership:desk:correct membership:desk:erase membership:desk:members membership:enrolment:export "
        "notices:relay:detail"
    ),
    "officer": (
        "charter:contacts evaluation:begin followup:call_off followup:rate followup:reports followup:sum_up "
        "launch:groundwork:area launch:plan:told mandates:end mandates:end_police mandates:people mandates:start "
        "notices:release:stop"
    ),
}
NOT_ABOUT_IT = (  # pages of the zone, of other partnerships, of what is over by itself
    "alerts:receive followup:service_add home:find home:start launch:plan:all mandates:zone "
    "notices:answers:help_police notices:guidance:aid notices:relay:stop notices:write:drop notices:write:new "
    "sightings:desk"
)


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
        answer = client.post(address, dict(GIVEN.findall(content)))
        transaction.set_rollback(True)
    client.cookies.load(cookies.replace("Set-Cookie: ", ""))
    return answer.status_code


def refused_offers(client: Client) -> tuple[dict[str, str], set[str]]:
    """From the first page on, each kind of page once: what is offered and refused, with where; and what was opened."""
    refused: dict[str, str] = {}
    waiting, seen = deque([("/", "")]), {"home:start"}
    while waiting:
        address, offered_on = waiting.popleft()
        answer = client.get(address)
        if answer.status_code in REFUSALS:
            refused[f"{answer.status_code} {address}"] = offered_on
        if answer.status_code != 200 or answer.streaming or "text/html" not in answer.headers["Content-Type"]:
            continue
        page = answer.content.decode()
        for opening, content in FORM.findall(page):
            action = ACTION.search(opening)
            target = urljoin(address, html.unescape(action[1])) if action and action[1] else address
            kind = f"form {kind_of(target)} on {kind_of(address)}"
            if kind_of(target) and kind not in seen and "laeken" not in content:
                seen.add(kind)
                status = status_of_form(client, target, content)
                if status in REFUSALS:
                    refused[f"{status} form {target}"] = address
        for link in LINK.findall(page):
            target = urljoin(address, html.unescape(link))
            if kind_of(target) and kind_of(target) not in seen:
                seen.add(kind_of(target))
                waiting.append((target, address))
    return refused, seen


@pytest.mark.parametrize("office", HOLDERS)
def test_no_page_of_an_ended_partnership_offers_what_is_refused(monkeypatch: pytest.MonkeyPatch, office: str) -> None:
    stop_clock(monkeypatch)
    stage = stage_with_work_begun()
    end(stage)
    client = signed_in(HOLDERS[office](stage))

    refused, seen = refused_offers(client)

    assert refused == {}
    assert "launch:plan:where" in seen


OF_EACH = {"notices:relay:detail"}  # two messages of one moment come in any order, and one of them takes no form


def page_shown(client: Client, address: str) -> str:
    """The page at ``address``; empty when it is refused, elsewhere, or a file."""
    answer = client.get(address)
    is_page = answer.status_code == 200 and not answer.streaming and "text/html" in answer.headers["Content-Type"]
    return answer.content.decode() if is_page else ""


def addresses_offered(client: Client) -> dict[str, str]:
    """From the first page on, each kind of page by its address: once, but for each message its own."""
    waiting, kinds = deque(["/"]), {"/": "home:start"}
    while waiting:
        address = waiting.popleft()
        for link in LINK.findall(page_shown(client, address)):
            target = urljoin(address, html.unescape(link))
            kind = kind_of(target)
            if kind and target not in kinds and (kind in OF_EACH or kind not in kinds.values()):
                kinds[target] = kind
                waiting.append(target)
    return kinds


@pytest.mark.parametrize("office", STAYING_FORMS)
def test_an_address_of_before_takes_no_form_but_what_is_of_use_after_an_end(
    monkeypatch: pytest.MonkeyPatch, office: str
) -> None:
    stop_clock(monkeypatch)
    stage = stage_with_work_begun()
    client = signed_in(HOLDERS[office](stage))
    kinds = addresses_offered(client)

    end(stage)
    kinds |= addresses_offered(client)
    pages = [(kind, page_shown(client, address).partition("<main")[2]) for address, kind in kinds.items()]

    assert {"launch:plan:where", "launch:pack:home", "evaluation:survey"} <= {kind for kind, page in pages if page}
    with_form = {kind for kind, page in pages if FORM.search(page)}
    assert with_form - set(NOT_ABOUT_IT.split()) == set(STAYING_FORMS[office].split())
