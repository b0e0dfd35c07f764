"""Nonsense in a setting is refused with one sentence that names it; what is sound is read."""

import base64
import os
import runpy
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from plp.server import settings as ours
from plp.server.keys import looks_random

PUBLIC = {"PLP_ORIGIN": "https://plp.example.be"}
OIDC = {"PLP_OIDC_CLIENT_ID": "plp", "PLP_OIDC_CLIENT_SECRET": "secret"}
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
        {"PLP_ORIGIN": "https://*"},
        {"PLP_ORIGIN": "https://*.example.be"},
        {"PLP_ORIGIN": "https://.example.be"},
        {"PLP_ORIGIN": "https://plp.example.be."},
        {"PLP_ORIGIN": "https://plp_be.example.be"},
        {"PLP_ORIGIN": "https://plp.example.be:99999"},
        {"PLP_ORIGIN": "https://plp.example.be:0"},
        {"PLP_ORIGIN": "https://plp.example.be/plp"},
        {"PLP_ORIGIN": "https://plp.example.be?x=1"},
        {"PLP_ORIGIN": "https://plp.example.be#top"},
        {"PLP_ORIGIN": "https://user@plp.example.be"},
        {"PLP_ORIGIN": "https://plp.example.be other.example.be"},
        {"PLP_ORIGIN": "https://plp.example.be\\other"},
        {"PLP_ORIGIN": "https://1.2.3.400"},
        {"PLP_SMS_CALLBACK_ORIGIN": "http://*:8000"},
        {"PLP_SMS_CALLBACK_ORIGIN": "http://10.0.0.2:99999"},
        {"PLP_SMS_CALLBACK_ORIGIN": "http://10.0.0.2:8000/in"},
        {"PLP_HOST": "banana"},
        {"PLP_HOST": "127.0.0.1:8000"},
        {"PLP_PORT": "٨٠٠٠"},
        {"PLP_PORT": ""},
        {"PLP_SMTP_URL": "ftp://mail.example.be"},
        {"PLP_SMTP_URL": "smtp://mail.example.be:99999"},
        {"PLP_SMTP_URL": "smtp://mail.example.be/587"},
        {"PLP_SMTP_URL": "smtp://mail.example.be?starttls=maybe"},
        {"PLP_SMTP_URL": "smtp://mail.example.be?startls=require"},
        {"PLP_SMTP_URL": "smtp://*.example.be"},
        {"PLP_SMTP_URL_2": "mail.example.be"},
        {"PLP_SMTP_URL_2": "smtp://"},
        {"PLP_SMS_URL": "http://127.0.0.1:13013/cgi-bin/sendsms"},
        {"PLP_SMS_URL": "smpps://plp:secret@smsc.example.be:port"},
        {"PLP_SMS_URL_2": "smpp://plp:secret@smsc?receipts=never"},
        {"PLP_SMS_URL": "twilio://AC0123"},
        {"PLP_SMS_URL": "own://user:pass@/etc/plp/own.json"},
        {"PLP_BOUNCES_TO": "plp@example.be"},
        {"PLP_BOUNCES_TO": "plp+*@example.be\n*@example.be"},
        {"PLP_BOUNCES_TO": f"{'x' * 40}*@example.be"},
        {"PLP_IMAP_URL": "pop3://plp:secret@mail.example.be"},
        {"PLP_IMAP_URL": "imaps://mail.example.be"},
        {"PLP_IMAP_URL": "imaps://plp:secret@mail.example.be?tls=off"},
        {"PLP_CAP_FEED": "file:///etc/passwd"},
        {"PLP_CAP_FEED": "https://user:secret@alerts.example.be/"},
        {"PLP_CAP_FEED": "https://alerts.example.be:99999/"},
        {"PLP_SMS_PREFIXES": "+"},
        {"PLP_SMS_PREFIXES": "0475"},
        {"PLP_SMS_PREFIXES": "+324,+325"},
        {"PLP_SMS_SENDER": "A name that is too long"},
        {"PLP_OIDC_URL": "https://login.example.be", "PLP_OIDC_CLIENT_ID": "plp"},
        {"PLP_OIDC_URL": "https://login.example.be", "PLP_OIDC_CLIENT_SECRET": "secret"},
        {"PLP_OIDC_CLIENT_ID": "plp", "PLP_OIDC_CLIENT_SECRET": "secret"},
        {"PLP_OIDC_URL": "https://login.example.be:99999", "PLP_OIDC_CLIENT_ID": "a", "PLP_OIDC_CLIENT_SECRET": "b"},
        {"PLP_OIDC_URL_2": "https://login.example.be", "PLP_OIDC_CLIENT_ID_2": "plp"},
        {"PLP_OIDC_URL_3": "http://login.example.be"},
        {"PLP_METRICS_TOKEN": "a"},
        {"PLP_METRICS_TOKEN": "aaaaaaaaaaaaaaaaaaaaaaaaaaaa"},
        {"PLP_METRICS_TOKEN": "with a space and some more signs"},
        {"PLP_DATABASE_URL": "postgresql://plp@localhost:abc/plp"},
        {"PLP_DATABASE_URL": "postgresql://plp@localhost:99999/plp"},
        {"PLP_DATABASE_URL": "postgresql://localhost/plp?port=abc"},
        {"PLP_DATABASE_URL": "postgresql://localhost/plp?host=one two"},
        {"PLP_DATABASE_URL": "postgresql://localhost/plp?sslmode=maybe"},
        {"PLP_DATABASE_URL": "postgresql://localhost/plp?sslmode="},
        {"PLP_DATABASE_URL": "postgresql://localhost/plp?connect_timeout=soon"},
        {"PLP_DATABASE_URL": "postgresql://localhost/plp?sslrootcert=/usr/not/there.pem"},
        {"PLP_DATABASE_URL_FILE": "/usr/not/there"},
        {"PLP_SMTP_URL": "smtp://127.0.0.1:25", "PLP_SMTP_URL_FILE": "/etc/hostname"},
        {"PLP_SMTP_CA_FILE": "/usr/not/there.pem"},
        {"PLP_IMAP_CA_FILE": "/etc/hostname"},
        {"PLP_SCAN_COMMAND": "no-such-scanner --stdin"},
        {"PLP_SCAN_COMMAND": "cat 'unclosed"},
        {"PLP_BACKUP_RECIPIENT": "age1nobody"},
        {"PLP_BACKUP_FOLDER": "backups"},
        {"PLP_FIELD_KEY_FILE": "key"},
        {"PLP_ERASURES_FILE": "erasures"},
        {"PLP_DPO": "two\nlines"},
        {"PLP_DPO": '"Jeanne Lambert, dpo@example.be"'},
        {"PLP_SMTP_URL": "'smtp://127.0.0.1:25'"},
        {"PLP_HOME": "/proc/plp"},
        {"PLP_HOME": "var/plp"},
        {"PLP_SMTP_ULR": "smtp://127.0.0.1:25"},
        {"PLP_FIELD_KEY": "secret"},
    ],
    ids=lambda given: " ".join(f"{name}={value}" for name, value in given.items()),
)
def test_nonsense_is_refused_by_its_name(read: Any, given: dict[str, str]) -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        read(**given)

    assert any(name in str(refused.value) for name in given)
    assert "secret@" not in str(refused.value)
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
        ({"PLP_ORIGIN": "https://PLP.example.be:443/"}, "ORIGIN", "https://plp.example.be"),
        ({"PLP_ORIGIN": "http://[::1]:8000"}, "ALLOWED_HOSTS", ["[::1]", "localhost", "127.0.0.1"]),
        ({"PLP_ORIGIN": ""}, "ORIGIN", "http://127.0.0.1:8000"),
        ({"PLP_HOST": "::"}, "WEB_HOST", "::"),
        ({"PLP_SMS_PREFIXES": "+324 +352"}, "SMS_PREFIXES", ["+324", "+352"]),
        ({"PLP_SMTP_URL": "smtps://u:a%2Fb@mail_relay:465"}, "SMTP_URL", "smtps://u:a%2Fb@mail_relay:465"),
        ({"PLP_SMS_URL": "smpp://plp:pw@smsc?type=x"}, "SMS_URL", "smpp://plp:pw@smsc?type=x"),
        ({"PLP_SMS_URL": "infobip://:key@x1.api.infobip.com"}, "SMS_URL", "infobip://:key@x1.api.infobip.com"),
        ({"PLP_SMS_URL_2": "own://a:b@/etc/own.toml?x=1"}, "SMS_URL_2", "own://a:b@/etc/own.toml?x=1"),
        ({"PLP_CAP_FEED": "https://alerts.example.be/a?x=1"}, "CAP_FEED", "https://alerts.example.be/a?x=1"),
        ({"PLP_METRICS_TOKEN": "53b1f0c8a7de42f09a6c"}, "METRICS_TOKEN", "53b1f0c8a7de42f09a6c"),
        ({"PLP_SCAN_COMMAND": "cat -"}, "SCAN_COMMAND", "cat -"),
        (
            {"PLP_KUBERNETES": "1"},
            "UNKNOWN",
            ["PLP_KUBERNETES is no setting of this version: docs/settings.md lists them all."],
        ),
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


@pytest.mark.parametrize(
    "content",
    [
        b"no base64!",
        *map(
            base64.b64encode,
            (
                b"short",
                b"ab" * 40,
                bytes(range(64)),
                bytes(range(255, 127, -1)),
                bytes(3 * number % 256 for number in range(64)),
                bytes(range(24)) * 2,
                bytes(number * number % 256 for number in range(15)) * 4,
                bytes(sorted(os.urandom(64))),
            ),
        ),
    ],
)
def test_a_key_that_nobody_drew_by_chance_is_refused(read: Any, home: Path, content: bytes) -> None:
    key = home / "key"
    key.write_bytes(content)

    with pytest.raises(ImproperlyConfigured, match="must hold at least 48 random bytes"):
        read(PLP_SECRET_KEY_FILE=str(key))

    assert key.read_bytes() == content


def test_what_chance_draws_is_taken() -> None:
    assert all(looks_random(os.urandom(size)) for size in (32, 33, 48, 64, 1000) for _ in range(200))


def test_the_backup_gets_what_is_set_and_of_a_secret_its_content(read: Any, home: Path) -> None:
    (home / "url").write_text("smtp://u:secret@mail.example.be:587\n", encoding="utf-8")

    found = read(PLP_SMTP_URL_FILE=str(home / "url"), PLP_DPO="Ada, dpo@example.be", PLP_ALARM_TO="")

    assert found["GIVEN"] == {
        "PLP_HOME": str(home),
        "PLP_SMTP_URL": "smtp://u:secret@mail.example.be:587",
        "PLP_DPO": "Ada, dpo@example.be",
    }


def test_a_misspelt_name_is_told_with_the_right_one(read: Any) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^PLP_SMTP_ULR is no setting: did you mean PLP_SMTP_URL\?"):
        read(PLP_SMTP_ULR="smtp://127.0.0.1:25")


def test_an_old_key_that_is_none_is_told_by_its_folder(read: Any, home: Path) -> None:
    (home / "secrets" / "secret_keys_old").mkdir(parents=True)
    (home / "secrets" / "secret_keys_old" / "1.key").write_text("no base64")

    with pytest.raises(ImproperlyConfigured, match="secret_keys_old is no base64"):
        read()


def test_a_secret_may_stand_in_a_file(read: Any, home: Path) -> None:
    (home / "url").write_text("smtp://mail.example.be:25\n", encoding="utf-8")

    assert read(PLP_SMTP_URL_FILE=str(home / "url"))["SMTP_URL"] == "smtp://mail.example.be:25"
