"""Nonsense in a setting is refused with one sentence that names it; what is sound is read."""

import base64
import os
import runpy
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from plp.server import settings as ours

PUBLIC = {"PLP_ORIGIN": "https://plp.example.be"}
TILES = "https://tiles.example.be/{z}/{x}/{y}.png"


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A data folder of its own, and nothing set but that."""
    for name in [name for name in os.environ if name.startswith("PLP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("SQLITE_TMPDIR", os.environ.get("SQLITE_TMPDIR", ""))
    monkeypatch.setenv("PLP_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Read all settings anew, beside those of the tests."""

    def reading(**given: str) -> dict[str, Any]:
        for name, value in given.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(ours.__file__))

    return reading


@pytest.mark.parametrize(
    "given",
    [
        {"PLP_PORT": "http"},
        {"PLP_PORT": "65536"},
        {"PLP_DEMO": "yes"},
        {"PLP_DATABASE_URL": "mysql://root@localhost/plp"},
        {"PLP_DATABASE_URL": "postgresql://localhost"},
        {"PLP_DATABASE_URL": "postgresql://localhost/plp?mood=good"},
        {"PLP_ORIGIN": "plp.example.be"},
        {"PLP_ORIGIN": "http://plp.example.be"},
        {**PUBLIC, "PLP_DEMO": "1"},
        {"PLP_PUSH_HOSTS": "https://evil.test/"},
        {**PUBLIC, "PLP_PUSH_HOSTS": "http://127.0.0.1:9"},
        {"PLP_WEBHOOK_HOSTS": "hooks.evere.be/in"},
        {**PUBLIC, "PLP_WEBHOOK_HOSTS": "http://127.0.0.1:9"},
        {"PLP_EMBED_SITES": "http://www.evere.be"},
        {**PUBLIC, "PLP_EMBED_SITES": "http://127.0.0.1:9"},
        {"PLP_CONTACT": "the mayor"},
        {"PLP_MAIL_FROM": "PLP <plp.example.be>"},
        {"PLP_MAIL_FROM": "PLP"},
        {"PLP_ALARM_TO": "it.example.be"},
        {"PLP_ALARM_TO": "it@example.be, dpo@example.be"},
        {"PLP_ANCHOR_TO": "DPO <dpo@example.be>"},
        {"PLP_SMS_CALLBACK_ORIGIN": "127.0.0.1:8000"},
        {"PLP_OIDC_URL": "http://login.example.be"},
        {"PLP_MAP_TILES": TILES},
        {"PLP_MAP_TILES": "http://tiles.example.be/{z}/{x}/{y}.png", "PLP_MAP_TILES_BY": "Example"},
    ],
    ids=lambda given: " ".join(f"{name}={value}" for name, value in given.items()),
)
def test_nonsense_is_refused_by_its_name(read: Any, given: dict[str, str]) -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        read(**given)

    assert any(name in str(refused.value) for name in given)
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize(
    ("given", "name", "value"),
    [
        ({"PLP_DEMO": ""}, "DEMO", False),
        ({"PLP_DEMO": "1"}, "PUSH_HOSTS", []),
        ({"PLP_PUSH_HOSTS": "http://127.0.0.1:9"}, "PUSH_HOSTS", ["http://127.0.0.1:9"]),
        ({"PLP_WEBHOOK_HOSTS": "hooks.evere.be .plp.be"}, "WEBHOOK_HOSTS", ["hooks.evere.be", ".plp.be"]),
        ({"PLP_EMBED_SITES": "https://www.evere.be"}, "EMBED_SITES", ["https://www.evere.be"]),
        ({"PLP_CONTACT": "info@example.be"}, "CONTACT", "info@example.be"),
        (PUBLIC, "ALLOWED_HOSTS", ["plp.example.be"]),
        (
            {**PUBLIC, "PLP_SMS_CALLBACK_ORIGIN": "http://10.0.0.2:8000/"},
            "ALLOWED_HOSTS",
            ["plp.example.be", "10.0.0.2"],
        ),
        ({"PLP_MAP_TILES": TILES, "PLP_MAP_TILES_BY": "Example"}, "MAP_TILES", TILES),
        ({"PLP_PROXIES": "1"}, "SECURE_PROXY_SSL_HEADER", ("HTTP_X_FORWARDED_PROTO", "https")),
        ({"PLP_PROXIES": "0"}, "SECURE_PROXY_SSL_HEADER", None),
        ({"PLP_OIDC_URL": "https://login.example.be/"}, "OIDC_URL", "https://login.example.be"),
    ],
)
def test_what_is_sound_is_read(read: Any, given: dict[str, str], name: str, value: object) -> None:
    assert read(**given).get(name) == value


def test_an_address_of_postgresql_is_taken_apart(read: Any) -> None:
    url = "postgresql://plp:vijf%20fietsen@db.example.be/plp?host=one,two&target_session_attrs=read-write"

    found = read(PLP_DATABASE_URL=url)["DATABASES"]["default"]

    assert {name: found[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")} == {
        "NAME": "plp",
        "USER": "plp",
        "PASSWORD": "vijf fietsen",
        "HOST": "one,two",
        "PORT": "",
    }
    assert found["OPTIONS"]["target_session_attrs"] == "read-write"


def test_a_database_whose_key_is_gone_gets_no_new_one(read: Any, home: Path) -> None:
    (home / "plp.sqlite3").touch()

    with pytest.raises(ImproperlyConfigured, match="The key of this database is missing"):
        read()

    assert not (home / "secrets" / "field_key").exists()


@pytest.mark.parametrize("content", [b"no base64!", base64.b64encode(b"short"), base64.b64encode(b"ab" * 40)])
def test_a_key_that_nobody_drew_by_chance_is_refused(read: Any, home: Path, content: bytes) -> None:
    key = home / "key"
    key.write_bytes(content)

    with pytest.raises(ImproperlyConfigured, match="must hold at least 48 random bytes"):
        read(PLP_SECRET_KEY_FILE=str(key))

    assert key.read_bytes() == content


def test_a_secret_may_stand_in_a_file(read: Any, home: Path) -> None:
    (home / "url").write_text("smtp://mail.example.be:25\n", encoding="utf-8")

    assert read(PLP_SMTP_URL_FILE=str(home / "url"))["SMTP_URL"] == "smtp://mail.example.be:25"
