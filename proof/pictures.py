"""``.venv/bin/python -m proof.pictures``: take the pictures of the guides anew, from the pages of a demonstration.

It starts a demonstration of its own and stops it afterwards. ``--home`` and ``--port`` use one that runs already.
"""

import argparse
import io
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import django
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, FloatRect, Page, sync_playwright

from plp.portal.subjects.guide.library import SHARP
from plp.toolbox.texts import LANGUAGES
from proof.guide_scenes import GUIDE_SCENES, MEMBER, MOST, GuideScene
from proof.harness.seeded_data import ROOT, environment_of_data_folder
from proof.harness.web_server import free_port
from proof.result import print_progress

PICTURES = ROOT / "src" / "plp" / "portal" / "subjects" / "guide" / "static" / "guide"
PHONE, DESK = (360, 620), (640, 540)  # points of the screen: width of the page, and most height of its picture
COLOURS = 48
AIR = 16  # points above a part
NO_AMERICAN_DAYS = (
    "::-webkit-datetime-edit { color: transparent }"  # an empty day reads mm/dd/yyyy here, in any language
)
MINUTES = 30  # until a demonstration stands on a slow machine


def main() -> int:
    """Take every picture, or those whose names begin with a word given; 1 if one is too big."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="beginnings of the names of pictures; without any, all are taken")
    parser.add_argument("--home", type=Path, help="the data folder of a demonstration that runs")
    parser.add_argument("--port", type=int, help="its port")
    options = parser.parse_args()
    wanted = [scene for scene in GUIDE_SCENES if scene.name.startswith(tuple(options.names or [""]))]
    if options.home:
        return _take_guide_pictures(wanted, options.home, options.port)
    with running_demonstration() as (home, port):
        return _take_guide_pictures(wanted, home, port)


@contextmanager
def running_demonstration() -> Iterator[tuple[Path, int]]:
    """A demonstration that runs: its data folder and its port. Stopped and thrown away afterwards."""
    with tempfile.TemporaryDirectory(prefix="plp-pictures-") as folder:
        home, port = Path(folder), free_port()
        command = [sys.executable, "-m", "plp.ops.cli", "demo"]
        with subprocess.Popen(command, cwd=ROOT, env=environment_of_data_folder(home, PLP_PORT=str(port))) as served:
            try:
                _wait_until_demonstration_answers(served, port)
                yield home, port
            finally:
                served.terminate()


def _wait_until_demonstration_answers(served: "subprocess.Popen[bytes]", port: int) -> None:
    until = time.monotonic() + MINUTES * 60
    while time.monotonic() < until and served.poll() is None:
        try:
            with urlopen(f"http://127.0.0.1:{port}/status"):
                return
        except URLError:
            time.sleep(2)
    raise RuntimeError("The demonstration did not begin.")


def _take_guide_pictures(scenes: list[GuideScene], home: Path, port: int) -> int:
    os.environ.update(environment_of_data_folder(home, PLP_DEMO="1", DJANGO_ALLOW_ASYNC_UNSAFE="true"))
    django.setup()
    sizes = {}
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path="/usr/bin/chromium-headless-shell", args=["--no-sandbox"])
        for scene in scenes:
            for language in LANGUAGES:
                context = signed_in_browser_context(browser, scene, language, port)
                sizes[f"{language}/{scene.name}"] = _take_picture_and_return_size(context, scene, language)
                context.close()
            print_progress(scene.name)
    print_progress(
        f"{len(sizes)} pictures, {sum(sizes.values()) // 1000} kB; the biggest {max(sizes.values()) // 1000} kB"
    )
    return int(max(sizes.values()) > MOST)


def signed_in_browser_context(
    browser: Browser, scene: GuideScene, language: str, port: int, *, width: int = 0
) -> BrowserContext:
    """A browser that asks for ``language``, in which the person of ``scene`` is signed in.

    ``width`` points wide, at one pixel a point; without it as the pictures of the guides are.
    """
    from django.conf import settings  # noqa: PLC0415 - after the settings are known

    origin = f"http://127.0.0.1:{port}"
    guide_width, _tall = DESK if scene.wide else PHONE
    context = browser.new_context(
        base_url=origin,
        viewport={"width": width or guide_width, "height": 800},
        device_scale_factor=1 if width else SHARP,
        bypass_csp=True,
        reduced_motion="reduce",
    )
    context.set_default_timeout(30_000)
    cookies = {settings.LANGUAGE_COOKIE_NAME: language}
    cookies |= {settings.SESSION_COOKIE_NAME: _create_signed_in_session(scene, language)} if scene.who else {}
    context.add_cookies([{"name": name, "value": value, "url": origin} for name, value in cookies.items()])
    return context


def _create_signed_in_session(scene: GuideScene, language: str) -> str:
    """A session as if the second factor, or the member's code, had just been given."""
    from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY as RECORDS  # noqa: PLC0415
    from django.contrib.auth import SESSION_KEY  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from plp.portal.shell.sessions import MEMBER as OPENED  # noqa: PLC0415

    client, now = Client(SERVER_NAME="127.0.0.1"), time.time()
    if scene.who == MEMBER:
        session: Any = client.session
        session[OPENED] = {"contact": _member_contact_key(language).hex, "began": now, "seen": now}
    else:
        client.force_login(staff_account(scene), backend="plp.portal.subjects.account.adapters.Backend")
        session = client.session
        session[RECORDS] = [{"method": "password", "at": now}, {"method": "mfa", "at": now}]
        session[f"{RECORDS}_user"] = session[SESSION_KEY]
    session.save()
    return str(session.session_key)


def staff_account(scene: GuideScene) -> Any:
    """The account of whoever holds the role of ``scene``."""
    from plp.accounts.models import Account  # noqa: PLC0415
    from plp.accounts.queries import username_digest_of_email  # noqa: PLC0415
    from plp.demo.quarter_settings import SETTINGS, UNDER_WAY  # noqa: PLC0415

    setting = next(one for one in (*SETTINGS, UNDER_WAY) if one.key == scene.quarter)
    return Account.objects.get(username=username_digest_of_email(f"{scene.who}.{setting.register}@example.org"))


def _member_contact_key(language: str) -> Any:
    """A contact of a member who reads ``language``, or else French, and is reached in more than one way."""
    from django.db.models import Count  # noqa: PLC0415

    from plp.people.models import ContactPoint  # noqa: PLC0415

    spoken = language if language in {"nl", "de"} else "fr"
    reached = ContactPoint.objects.filter(channel="email", confirmed_at__isnull=False, person__language=spoken)
    theirs = reached.filter(person__memberships__state="active", person__account=None)
    return theirs.annotate(ways=Count("person__contacts")).order_by("-ways", "pk").values_list("pk", flat=True)[0]


def _take_picture_and_return_size(context: BrowserContext, scene: GuideScene, language: str) -> int:
    """Take one picture; return its size in bytes."""
    from django.urls import reverse  # noqa: PLC0415

    page = context.new_page()
    answer = page.goto(reverse(scene.view, args=[scene.quarter] if scene.key else []))
    if answer is None or not answer.ok:
        raise RuntimeError(f"{scene.name}: {page.url} answers {answer and answer.status}")
    for link in scene.follow:
        page.locator("main").locator(link).click()
    page.add_style_tag(content=NO_AMERICAN_DAYS)
    page.screenshot(full_page=True)  # its typeface comes with the first drawing, and lines move
    taken = Image.open(io.BytesIO(page.screenshot(full_page=True, clip=_area_of_picture(page, scene))))
    page.close()
    file = PICTURES / language / f"{scene.name}.webp"
    file.parent.mkdir(parents=True, exist_ok=True)
    few = taken.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.convert("RGB").save(file, lossless=True, quality=100, method=4)
    return file.stat().st_size


def _area_of_picture(page: Page, scene: GuideScene) -> FloatRect:
    """What the picture shows: the page from its head, or from where the part of ``scene`` begins."""
    whole, part = page.locator("main").bounding_box(), page.locator(scene.part).bounding_box()
    if whole is None or part is None:
        raise RuntimeError(f"{scene.name}: {page.url} shows nothing")
    wide, tall = DESK if scene.wide else PHONE
    head = max(whole["y"], part["y"] - AIR)
    room = whole["y"] + whole["height"] - head
    return {"x": 0, "y": head + page.evaluate("scrollY"), "width": wide, "height": min(room, tall)}


if __name__ == "__main__":
    sys.exit(main())
