"""No page is heavy: 100 kB at first sight, of which 20 kB are script. ``./plp prove --only weights`` has the times."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests.factories.cast import Cast, contact, member
from tests.portal.membership.self_service.test_members import opened
from tests.portal.signing import signed_in, stop_clock

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
LINKED = re.compile(r'<(?:script|link)[^>]*?(?:src|href)="/static/([^"]+\.(css|js))"')
DIGEST = re.compile(r"\.[0-9a-f]{12}(?=\.\w+$)")  # in the name, once a server of some other test has packed the files
INSIDE = re.compile(r'url\("([^"]+)"\)')


def packed(content: bytes) -> int:
    """Bytes on the line, somewhat more than brotli would make of it."""
    return len(gzip.compress(content, mtime=0))


def found(name: str) -> Path:
    path = finders.find(DIGEST.sub("", name))
    assert path, name
    return Path(path)


def weight(page: bytes) -> tuple[int, int]:
    """All that a browser fetches for a page, and the script of it."""
    whole, script = packed(page), 0
    for name, kind in LINKED.findall(page.decode()):
        content = found(name).read_bytes()
        whole += packed(content)
        script += packed(content) if kind == "js" else 0
        for inner in INSIDE.findall(content.decode()) if kind == "css" else ():
            whole += found(str((Path("/") / Path(name).parent / inner).resolve().relative_to("/"))).stat().st_size
    return whole, script


@pytest.mark.parametrize("url", ["/", "/p/", "/street/", "/report/", "/advice/checklist/", "/account/sign-in/"])
def test_a_page_of_a_visitor_is_light(client: Client, url: str) -> None:
    whole, script = weight(client.get(url).content)

    assert (whole <= 100_000, script <= 20_000) == (True, True), (whole, script)


def test_the_pages_of_a_member_are_light() -> None:
    contact(member(Cast().here.partnership, "Mia Voorbeeld", "nl"), "email", "mia@plp.test")
    browser = opened()

    for url in ("/m/messages/", "/m/settings/", "/m/settings/devices/"):
        whole, script = weight(browser.get(url).content)
        assert (whole <= 100_000, script <= 20_000) == (True, True), (url, whole, script)


def test_the_pages_of_staff_are_light(monkeypatch: pytest.MonkeyPatch) -> None:
    stop_clock(monkeypatch)
    cast = Cast()
    coordinator, officer = signed_in(cast.here.coordinator), signed_in(cast.officer)
    for browser, url in ((coordinator, "/coordinator/"), (coordinator, "/enrolment/"), (officer, "/police/new/")):
        whole, script = weight(browser.get(url).content)
        assert (whole <= 100_000, script <= 20_000) == (True, True), (url, whole, script)
