"""Addresses that want to send people elsewhere, and headers that want our mails to name another host (T8, T33)."""

import random
import re
import time
from collections.abc import Callable
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

import time_machine
from django.conf import settings
from django.core.exceptions import DisallowedRedirect
from django.core.management import call_command
from django.test import Client, RequestFactory
from django.test.utils import setup_test_environment

from plp.delivery.models import MessageText
from plp.portal.shell import limits
from plp.portal.shell.return_address import STANDS_ON
from plp.portal.subjects.account.views import redirect_to_next
from plp.toolbox import clock
from proof.probes.sign_in import create_staff_member
from tests.factories import cast, outbox
from tests.portal import signing
from tests.portal.staff import PASSWORD, code

EVIL = "evil.example"
BEGINNINGS = (
    "https://{e} http://{e} //{e} ///{e} ////{e} /\\{e} \\\\{e} \\/{e} /\\/{e} \\/\\/{e} https:{e} https:/{e} "
    "https:///{e} http:\\\\{e} https:\\\\{e} hTTps://{e} ftp://{e} javascript:alert(1)//{e} data:text/html,{e} "
    "vbscript:{e} blob:{e} //user@{e} //{h}@{e} https://{h}@{e} https://{h}:x@{e} //{h}.{e} https://{h}.{e} "
    "//{h}%40{e} //{h}%2e{e} /%2f{e} /%5c{e} %2f%2f{e} %5c%5c{e} %68ttps://{e} /..//{e} /./\\{e} /m//{e} //{e}%2f.. "
    "//{e}#{h} //{e}?{h} ?next=//{e} //{e}:443 //[::1] //2130706433 //0x7f.1 //①②⑦.0.0.1 //ⓔvil.example "
    "//evil。example //xn--vil-9la.example .//{e} ..//{e}"
).split()
AROUND = (
    "{it}", "{it}/", " {it}", "\t{it}", "\n{it}", "\r\n{it}", "\x00{it}", "\x01{it}", "{it}\r\nLocation: //" + EVIL,
    "\u00a0{it}", "\u200b{it}", "\ufeff{it}", "{it}\\", "/\t{it}", "/\n{it}",
)  # fmt: skip
OWN_PAGE = "/advice/"
NEXT = re.compile(r'name="next" value="([^"]*)"')


def redirect_payloads(number: int, dice: random.Random) -> list[str]:
    """So many, every beginning among them."""
    host = urlsplit(settings.ORIGIN).netloc
    plain = [one.format(e=EVIL, h=host) for one in BEGINNINGS]
    mixed = [around.replace("{it}", one) for one in plain for around in AROUND[1:]]
    dice.shuffle(mixed)
    return (plain + mixed)[:number]


def leads_to_foreign_host(location: str) -> bool:
    """Whether a browser that is sent to ``location`` leaves us: it drops spaces and turns every stroke round."""
    seen = re.sub(r"[\t\r\n]", "", location.lstrip("".join(map(chr, range(33))))).replace("\\", "/")
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", seen):
        return not seen.startswith(f"{settings.ORIGIN}/")
    return urlsplit(urljoin(f"{settings.ORIGIN}/a/b", seen)).netloc != urlsplit(settings.ORIGIN).netloc


def try_and_count(number: int, seed: int) -> dict[str, Any]:
    """Answers how many ways were tried, which led out, and how many mails named another host."""
    setup_test_environment(debug=False)
    outbox.make_database()
    call_command("createcachetable", verbosity=0)
    cast.NOW = signing.NOW = signing.AT = clock.now()
    scene = cast.Cast()
    routes, tried, foreign = _redirect_requests_by_name(scene), 0, []
    for payload in redirect_payloads(number, random.Random(seed)):
        for name, go in routes.items():
            location = go(payload)
            tried += 1
            if location and leads_to_foreign_host(location):
                foreign.append(f"{name}: {payload!r} -> {location!r}")
    follow = [name for name, go in routes.items() if go(OWN_PAGE).endswith(OWN_PAGE)]
    return {
        "routes": len(routes),
        "follow": follow,
        "tried": tried,
        "foreign": foreign,
    } | _try_mail_forms_with_forged_headers(scene)


def _redirect_requests_by_name(scene: cast.Cast) -> dict[str, Callable[[str], str]]:
    """Each route that sends people on to where they wanted, by name: payload -> ``Location`` or nothing."""
    officer = signing.signed_in(scene.officer)

    def next_of_member_session(payload: str) -> str:
        visitor = Client()
        visitor.get("/m/", {"next": payload})
        return str(visitor.session.get("next", ""))

    def location_of_path(payload: str) -> str:
        try:
            return _location_header(officer.get(payload if payload.startswith("/") else f"/{payload}"))
        except ValueError:  # no address at all: the test's own browser refuses it
            return ""

    def location_of_fresh_proof(payload: str) -> str:
        try:
            return _location_header(
                redirect_to_next(RequestFactory().post("/account/prove/", {"next": payload}), "home:start")
            )
        except DisallowedRedirect:  # it would have led out
            return payload

    return {
        "sign-in, when signed in": lambda payload: _location_header(
            officer.get("/account/sign-in/", {"next": payload})
        ),
        "fresh proof": location_of_fresh_proof,
        "language": lambda payload: _location_header(Client().post("/language/", {"language": "nl", "next": payload})),
        "language, by referrer": lambda payload: _location_header(
            Client().post("/language/", {"language": "nl"}, headers={"referer": re.sub(r"[\r\n]", "", payload)})
        ),
        "settings of a member": next_of_member_session,
        "a draft": lambda payload: _location_header(officer.post("/drafts/", {"draft": payload, "words": "Vol"})),
        "a form that was refused": lambda payload: _next_value_in_page(
            Client().post("/m/", {"address": "?", STANDS_ON: payload})
        ),
        "sign-out": lambda payload: _location_header(Client().post("/account/sign-out/", {"next": payload})),
        "the path itself": location_of_path,
    }


def _location_header(answer: Any) -> str:
    return str(answer.headers.get("Location", ""))


def _next_value_in_page(answer: Any) -> str:
    """Where the choice of another language leads from this page."""
    found = NEXT.search(answer.content.decode())
    return unescape(found[1]) if found else ""


HEADERS: dict[str, dict[str, str]] = {
    "host": {"HTTP_HOST": EVIL},
    "host and port": {"HTTP_HOST": f"{EVIL}:443"},
    "host with a name before": {"HTTP_HOST": f"127.0.0.1@{EVIL}"},
    "host that begins like ours": {"HTTP_HOST": f"127.0.0.1.{EVIL}"},
    "two hosts": {"HTTP_HOST": f"127.0.0.1, {EVIL}"},
    "port of another": {"HTTP_HOST": f"127.0.0.1:80@{EVIL}"},
    "x-forwarded-host": {"HTTP_X_FORWARDED_HOST": EVIL},
    "forwarded": {"HTTP_FORWARDED": f"host={EVIL};proto=https"},
    "x-host": {"HTTP_X_HOST": EVIL},
    "x-original-host": {"HTTP_X_ORIGINAL_HOST": EVIL, "HTTP_X_ORIGINAL_URL": f"https://{EVIL}/"},
    "x-forwarded-server": {"HTTP_X_FORWARDED_SERVER": EVIL, "HTTP_X_FORWARDED_PORT": "8443"},
    "override": {"HTTP_X_HTTP_HOST_OVERRIDE": EVIL, "HTTP_X_REWRITE_URL": f"//{EVIL}/"},
    "absolute form": {"REQUEST_URI": f"https://{EVIL}/m/", "SERVER_NAME": "127.0.0.1"},
    "origin": {"HTTP_ORIGIN": f"https://{EVIL}", "HTTP_REFERER": f"https://{EVIL}/"},
}
LINK = re.compile(r"https?://\S+")


def _try_mail_forms_with_forged_headers(scene: cast.Cast) -> dict[str, Any]:
    """Every form that sends a mail, with every header: links to others, and foreign hosts that were not refused."""
    mia = cast.member(scene.here.partnership, "Mia Voorbeeld", "nl")
    cast.contact(mia, "email", "mia@plp.test")
    known, let_in, begun = 0, [], MessageText.objects.count()
    for name, headers in HEADERS.items():
        for form, act in _mail_sending_forms(scene).items():
            limits.cache.clear()
            status = act(headers)
            known += 1
            if EVIL in headers.get("HTTP_HOST", "") and status != 400:
                let_in.append(f"{form} with {name}: {status}")
    texts = MessageText.objects.order_by("pk")[begun:]
    links = [link for text in texts for link in LINK.findall(text.body)]
    wrong = [link for link in links if not link.startswith(settings.ORIGIN) or EVIL in link]
    return {"forms": known, "mails": len(texts), "links": len(links), "wrong": wrong, "let_in": let_in}


def _mail_sending_forms(scene: cast.Cast) -> dict[str, Callable[[dict[str, str]], int]]:
    officer = signing.signed_in(scene.officer)
    mandate = scene.here.coordinator.mandates.get()
    signing.account_of(scene.here.coordinator)
    place = f"/mandates/quarters/{scene.here.partnership.key}/offices/{mandate.pk}/link/"
    return {
        "code of a member": lambda headers: Client(**headers).post("/m/", {"address": "mia@plp.test"}).status_code,
        "another address": lambda headers: (
            officer.post("/account/address/", {"email": f"new{time.monotonic_ns()}@plp.test"}, **headers).status_code
        ),
        "a new link": lambda headers: officer.post(place, {}, **headers).status_code,
        "a new browser": _sign_in_from_new_browser,
    }


def _sign_in_from_new_browser(headers: dict[str, str]) -> int:
    with time_machine.travel(time.time() // 30 * 30 + 1):
        ann, own = create_staff_member(), Client(**headers)
        own.post("/account/sign-in/", {"login": ann.email, "password": PASSWORD})
        return own.post("/account/sign-in/second-factor/", {"code": code()}).status_code
