"""What makes the portal an app: its name and pictures, the worker, the page without a connection."""

import io
import json
import re

import pytest
from django.test import Client
from PIL import Image, ImageChops

from tests.portal.shell.icons import FOLDER, ICONS, drawn
from tests.portal.signing import signed_in, stop_clock
from tests.portal.staff import staff

pytestmark = pytest.mark.any_database


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("fr", "Partenariats locaux de prévention"),
        ("nl", "Buurtinformatienetwerken"),
        ("de", "Lokale Präventionspartnerschaften"),
        ("en", "Local prevention partnerships"),
    ],
)
def test_a_telephone_names_it_in_the_language_of_the_page(client: Client, language: str, name: str) -> None:
    page = client.get("/offline/", headers={"accept-language": language})
    told = client.get(f"/manifest.webmanifest?language={language}").json()

    assert (told["name"], told["lang"]) == (name, language)
    assert f'<html lang="{language}">' in page.content.decode()
    assert {client.get(one["src"]).status_code for one in told["icons"]} == {200}
    assert {client.get(one["url"], follow=True).status_code for one in told["shortcuts"]} == {200}


@pytest.mark.parametrize("name", ICONS)
def test_the_pictures_are_those_of_the_sign(name: str) -> None:
    """Made again by ``python -m tests.portal.shell.icons``."""
    pixels, whole = ICONS[name]
    kept, made = (Image.open(file).convert("RGBA") for file in (FOLDER / name, io.BytesIO(drawn(pixels, whole=whole))))

    assert kept.size == made.size == (pixels, pixels)
    assert max(high for _low, high in ImageChops.difference(kept, made).getextrema()) < 64


@pytest.mark.django_db
def test_the_worker_keeps_files_that_are_there_and_nothing_else(client: Client) -> None:
    answer = client.get("/worker.js")
    told = json.loads(re.match(r"const shell = (\{.*?\});\n", answer.content.decode())[1])

    assert answer.headers["Content-Type"] == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert {client.get(url).status_code for url in (told["page"], told["icon"], *told["files"])} == {200}


@pytest.mark.django_db
def test_the_page_without_a_connection_needs_no_file_that_is_not_kept_and_names_nobody(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop_clock(monkeypatch)
    officer = signed_in(staff().person)

    nobody = client.get("/offline/", headers={"accept-language": "en"}).content.decode()
    told = json.loads(re.match(r"const shell = (\{.*?\});\n", client.get("/worker.js").content.decode())[1])

    afterwards = {"/report/follow/"}  # shown once the kept report went: there is a connection again
    assert set(re.findall(r'(?:href|src)="(/[^"]*)"', nobody)) - set(told["files"]) == afterwards
    assert re.findall(r'href="tel:(\d+)"', nobody) == ["101", "112"]
    assert officer.get("/offline/").content.decode() == nobody


@pytest.mark.django_db
def test_each_page_says_who_reads_by_a_mark_that_names_nobody(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    stop_clock(monkeypatch)
    officer = signed_in(staff().person)

    nobody = client.get("/").content.decode()
    pages = [officer.get(url).content.decode() for url in ("/", "/p/")]
    somebody = [re.search(r'name="reader" content="(.*?)"', page)[1] for page in pages]

    assert '<meta name="reader" content="" data-worker="/worker.js">' in nobody
    assert re.fullmatch(r"s-[0-9a-f]{24}", somebody[0])
    assert somebody[0] == somebody[1]
