"""All settings, read from the environment with the prefix ``PLP_``; nonsense is refused with one sentence.

Each setting is described in docs/settings.md (a test compares). A secret may be given as a file: ``PLP_X_FILE``.
"""

import base64
import os
import re
import secrets
from contextlib import suppress
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from plp.toolbox.catalogues import lay_together
from plp.toolbox.plainly import write_plainly

ROOT = Path(__file__).resolve().parents[1]
MAILBOX = r"[^\s@<>\",;]+@[^\s@<>\",;]+"


def read_text(name: str, default: str = "") -> str:
    """A plain setting."""
    return os.environ.get(name, default).strip()


def read_secret(name: str, default: str = "") -> str:
    """A plain setting that may hold a password: ``<name>_FILE`` may name a file that holds it instead."""
    path = read_text(f"{name}_FILE")
    return Path(path).read_text(encoding="utf-8").strip() if path else read_text(name, default)


def read_sender(name: str, default: str) -> str:
    """Who mails are from: a name and an address, or the address alone."""
    given = read_text(name, default)
    display, address = parseaddr(given)
    if not re.fullmatch(MAILBOX, address) or not display.isprintable():
        raise ImproperlyConfigured(f"{name} must be a name and an address such as PLP <plp@example.be>.")
    return given


def read_receivers(name: str) -> list[str]:
    """E-mail addresses with spaces between."""
    given = read_text(name).split()
    if not all(re.fullmatch(MAILBOX, one) for one in given):
        raise ImproperlyConfigured(f"{name} must be e-mail addresses such as it@example.be, with spaces between.")
    return given


def read_number(name: str, default: int, *, low: int, high: int) -> int:
    """A whole number between ``low`` and ``high``."""
    given = read_text(name, str(default))
    if not given.isdecimal() or not low <= int(given) <= high:
        raise ImproperlyConfigured(f"{name} must be a whole number from {low} to {high}, not {given!r}.")
    return int(given)


def read_switch(name: str) -> bool:
    """On for 1, off for 0 or nothing."""
    given = read_text(name, "0")
    if given not in {"0", "1", ""}:
        raise ImproperlyConfigured(f"{name} must be 0 or 1, not {given!r}.")
    return given == "1"


def key_file(name: str) -> Path:
    """Where a secret is kept: ``<name>_FILE``, else in the data folder."""
    return Path(read_text(f"{name}_FILE") or HOME / "secrets" / name.removeprefix("PLP_").lower())


def read_key(name: str, *, size: int) -> bytes:
    """A secret of at least ``size`` random bytes from ``<name>_FILE``; made on first start, readable by us alone.

    What nobody drew by chance is refused: too short, no base64, the same few bytes again and again (T49).
    """
    path = key_file(name)
    if not path.exists() and name == "PLP_FIELD_KEY" and (HOME / "plp.sqlite3").exists():
        raise ImproperlyConfigured(
            f"The key of this database is missing: put it back as {path}. A new one opens nothing."
        )
    if not path.exists():
        _make_key(path, size)
    try:
        key = base64.b64decode(path.read_bytes().strip(), validate=True)
    except ValueError:
        key = b""
    if len(key) < size or len(set(key)) < size // 2:
        raise ImproperlyConfigured(f"{path} must hold at least {size} random bytes in base64.")
    return key


def _make_key(path: Path, size: int) -> None:
    """Write a new key whole, and have it on the disk before anything is sealed with it; the first of two counts."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(base64.b64encode(secrets.token_bytes(size)))
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def read_old_keys(folder: Path) -> list[str]:
    """The signing keys that were in force before, the newest first: they check what they signed, and sign no more."""
    files = sorted(folder.glob("*.key"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    return [base64.b64encode(base64.b64decode(path.read_bytes())).decode() for path in files]


def read_picture(name: str) -> str:
    """The path of a PNG or JPEG picture of at most 300 kB, known by its content; empty without one."""
    path = read_text(name)
    if path:
        file = Path(path)
        content = file.read_bytes() if file.is_file() else b""
        if not content.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")) or len(content) > 300_000:
            raise ImproperlyConfigured(f"{name} must be the path of a PNG or JPEG picture of at most 300 kB.")
    return path


DATABASE_OPTIONS = {"sslmode", "sslrootcert", "sslcert", "sslkey", "target_session_attrs", "connect_timeout"}
KEPT_OPEN = 60  # seconds for which a thread keeps its line to the database for the next page
DATABASE_LINE = {  # a database machine that vanished is noticed within 20 seconds, not after hours
    "connect_timeout": "5",
    "keepalives_idle": "10",
    "keepalives_interval": "3",
    "keepalives_count": "3",
    "tcp_user_timeout": "20000",
}

DATABASE_SESSION = {
    "lock_timeout": "15000",
    "idle_in_transaction_session_timeout": "60000",
    "random_page_cost": "1.1",  # no disk turns any more: a few rows of a large table are found by its index
}


def read_database() -> dict:
    """SQLite in the data folder, or PostgreSQL by ``PLP_DATABASE_URL`` (postgresql://user:password@host/name).

    Several machines of which one writes: ``?host=one,two,three&port=5432&target_session_attrs=read-write``.
    """
    url = read_secret("PLP_DATABASE_URL")
    if not url:
        os.environ.setdefault("SQLITE_TMPDIR", str(HOME))  # its own temporary files: a full /tmp stops no alarm (F6)
        pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=20000;"
        pragmas += "PRAGMA threads=2;"  # to sort what is much, such as an audience of a million
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": HOME / "plp.sqlite3",
            "CONN_MAX_AGE": KEPT_OPEN,
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas},
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise ImproperlyConfigured("PLP_DATABASE_URL must look like postgresql://user:password@host:5432/name.")
    query = dict(parse_qsl(parts.query))
    if unknown := set(query) - {"host", "port", *DATABASE_OPTIONS}:
        raise ImproperlyConfigured(
            f"PLP_DATABASE_URL does not know {', '.join(sorted(unknown))}: see docs/settings.md."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", unquote(parts.hostname or "")),
        "PORT": query.pop("port", str(parts.port or "")),
        "CONN_MAX_AGE": KEPT_OPEN,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "options": " ".join(f"-c {name}={value}" for name, value in DATABASE_SESSION.items()),
            **DATABASE_LINE,
            **query,
        },
    }


HOME = Path(read_text("PLP_HOME") or Path.cwd() / "var").resolve()
HOME.mkdir(mode=0o700, parents=True, exist_ok=True)  # holds the database: nobody else's

WEB_HOST = read_text("PLP_HOST", "127.0.0.1")  # where ./plp web listens; the reverse proxy stands in front of it
WEB_PORT = read_number("PLP_PORT", 8000, low=1, high=65535)
WEB_PROCESSES = read_number("PLP_WEB_PROCESSES", 1, low=1, high=64)

ORIGIN = read_text("PLP_ORIGIN", f"http://127.0.0.1:{WEB_PORT}").rstrip("/")
_origin = urlsplit(ORIGIN)
if _origin.scheme not in {"http", "https"} or not _origin.hostname:
    raise ImproperlyConfigured("PLP_ORIGIN must look like https://plp.example.be.")
IS_LOCAL = _origin.hostname in {"127.0.0.1", "localhost", "::1"}
if _origin.scheme == "http" and not IS_LOCAL:
    raise ImproperlyConfigured("PLP_ORIGIN must begin with https:// unless it is this machine.")

DEMO = read_switch("PLP_DEMO")  # invented people, an outbox page, sign-in details on the start page
if DEMO and not IS_LOCAL:
    raise ImproperlyConfigured("PLP_DEMO shows passwords: it is refused on a public origin.")

SECRET_KEY = base64.b64encode(read_key("PLP_SECRET_KEY", size=48)).decode()
SECRET_KEY_FILE = key_file("PLP_SECRET_KEY")
SECRET_KEYS_OLD = Path(read_text("PLP_SECRET_KEYS_OLD") or HOME / "secrets" / "secret_keys_old")
SECRET_KEY_FALLBACKS = read_old_keys(SECRET_KEYS_OLD)
read_key("PLP_FIELD_KEY", size=32)  # made and checked here, read by toolbox.keyring
FIELD_KEY_FILE = key_file("PLP_FIELD_KEY")
FIELD_KEYS_OLD = Path(read_text("PLP_FIELD_KEYS_OLD") or HOME / "secrets" / "field_keys_old")
ERASURES_FILE = Path(read_text("PLP_ERASURES_FILE") or HOME / "erasures")  # what a restore must erase again
SEAL_FILE = Path(read_text("PLP_SEAL_FILE") or HOME / "secrets" / "seal")  # key and certificate of signed charters

PUSH_KEY = read_key("PLP_PUSH_KEY", size=32)  # by which push services know this installation

SMTP_URL = read_secret("PLP_SMTP_URL", "smtp://127.0.0.1:25")
SMTP_URL_2 = read_secret("PLP_SMTP_URL_2")  # takes over within seconds when the first cannot be reached
SMTP_CA_FILE = read_text("PLP_SMTP_CA_FILE")  # a private authority that signed the mail server's certificate
SMS_URL = read_secret("PLP_SMS_URL")
SMS_URL_2 = read_secret("PLP_SMS_URL_2")
SMS_CALLBACK_ORIGIN = read_text("PLP_SMS_CALLBACK_ORIGIN").rstrip("/")  # where the gateway finds us, if not at ORIGIN
SMS_PREFIXES = read_text("PLP_SMS_PREFIXES", "+324").split()  # numbers that may get an SMS: Belgian mobiles
_push = "fcm.googleapis.com updates.push.services.mozilla.com .push.apple.com .notify.windows.com"
PUSH_HOSTS = read_text("PLP_PUSH_HOSTS", "" if DEMO else _push).split()  # push services of browsers; none: no Web Push
if not all(re.fullmatch(r"\.?[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]+", one) for one in PUSH_HOSTS) and not (
    IS_LOCAL and all(re.fullmatch(r"http://127\.0\.0\.1:\d+", one) for one in PUSH_HOSTS)
):
    raise ImproperlyConfigured("PLP_PUSH_HOSTS must be names of hosts such as fcm.googleapis.com, with spaces between.")
WEBHOOK_HOSTS = read_text("PLP_WEBHOOK_HOSTS").split()  # hosts of programs that are told what happened; none: nobody is
if not all(re.fullmatch(r"\.?[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]+", one) for one in WEBHOOK_HOSTS) and not (
    IS_LOCAL and all(re.fullmatch(r"http://127\.0\.0\.1:\d+", one) for one in WEBHOOK_HOSTS)
):
    raise ImproperlyConfigured("PLP_WEBHOOK_HOSTS must be names of hosts such as hooks.evere.be, with spaces between.")
SMS_CENTS = read_number("PLP_SMS_CENTS", 7, low=1, high=1000)  # what one part of an SMS costs
SMS_CENTS_A_DAY = read_number("PLP_SMS_CENTS_A_DAY", 100_000, low=0, high=1_000_000_000)  # most to spend (T40)
SMS_PARTS_A_QUARTER = read_number("PLP_SMS_PARTS_A_QUARTER", 6000, low=0, high=1_000_000_000)  # most a day
SMS_PARTS_A_NUMBER = read_number("PLP_SMS_PARTS_A_NUMBER", 40, low=0, high=1_000_000)  # most a day
SMS_CODES_AN_HOUR = read_number("PLP_SMS_CODES_AN_HOUR", 20, low=0, high=1_000_000)  # to numbers that begin alike
EMBED_SITES = read_text("PLP_EMBED_SITES").split()  # sites that may show the page of a partnership inside one of theirs
_site = r"https://[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?"
if not all(re.fullmatch(_site, one) or (IS_LOCAL and one.startswith("http://127.0.0.1:")) for one in EMBED_SITES):
    raise ImproperlyConfigured("PLP_EMBED_SITES must be addresses such as https://www.evere.be, with spaces between.")
PLP_LOGO = read_picture("PLP_LOGO")  # the ministry's logo on documents: supplied by the installer, never ours (R5)
CAP_FEED = read_text("PLP_CAP_FEED")  # an address at which official alerts are published (CAP, Atom, RSS)
SCAN_COMMAND = read_text("PLP_SCAN_COMMAND")  # a virus scanner that reads a file from standard input
MAIL_FROM = read_sender("PLP_MAIL_FROM", f"PLP <plp@{_origin.hostname}>")
DPO = read_text("PLP_DPO")  # name and contact of the data protection officer: stands on papers and the privacy page
CONTACT = read_text("PLP_CONTACT")  # who answers for these pages: stands on the accessibility statement
if CONTACT and not re.fullmatch(rf"{MAILBOX}\.[a-z]+", CONTACT):
    raise ImproperlyConfigured("PLP_CONTACT must be an e-mail address such as info@example.be.")
SMS_SENDER = read_text("PLP_SMS_SENDER", "PLP")
IMAP_URL = read_secret("PLP_IMAP_URL")  # the mailbox of MAIL_FROM, where answers come in
IMAP_CA_FILE = read_text("PLP_IMAP_CA_FILE")  # a private authority that signed the mailbox server's certificate
ANSWERED = [  # channels whose messages can be answered, and somebody reads it
    channel
    for channel, is_read in (("email", bool(IMAP_URL)), ("sms", SMS_SENDER.removeprefix("+").isdecimal()))
    if is_read or DEMO  # there by the page of the outbox
]
DELIVERY_CONNECTIONS = read_number("PLP_DELIVERY_CONNECTIONS", 20, low=1, high=500)
DELIVERY_LEASE_SECONDS = read_number("PLP_DELIVERY_LEASE_SECONDS", 60, low=1, high=3600)
DISK_RESERVE = 1_000_000 * read_number("PLP_DISK_RESERVE_MB", 100, low=1, high=100_000)  # below: forms are refused

BACKUP_RECIPIENT = read_text("PLP_BACKUP_RECIPIENT")  # a public key (age1...): backups are encrypted to it
BACKUP_FOLDER = read_text("PLP_BACKUP_FOLDER")  # where the daily backup goes
BACKUP_KEEP = read_number("PLP_BACKUP_KEEP", 14, low=1, high=1000)
ALARM_TO = read_receivers("PLP_ALARM_TO")  # who is told by mail when the machine needs help
ANCHOR_TO = read_receivers("PLP_ANCHOR_TO") or ALARM_TO  # who keeps, day by day, where the journal ended (T38)
METRICS_TOKEN = read_secret("PLP_METRICS_TOKEN")  # opens /metrics; without it there is none

DEBUG = False
ALLOWED_HOSTS = [_origin.hostname, *(["localhost", "127.0.0.1"] if IS_LOCAL else [])]
if SMS_CALLBACK_ORIGIN:
    _callback = urlsplit(SMS_CALLBACK_ORIGIN)
    if _callback.scheme not in {"http", "https"} or not _callback.hostname:
        raise ImproperlyConfigured("PLP_SMS_CALLBACK_ORIGIN must look like http://127.0.0.1:8000.")
    ALLOWED_HOSTS.append(_callback.hostname)
CSRF_TRUSTED_ORIGINS = [ORIGIN]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",  # its widgets, which the form renderer of the portal draws
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "plp.journal",
    "plp.places",
    "plp.people",
    "plp.drafts",
    "plp.delivery",
    "plp.mandates",
    "plp.partnership",
    "plp.charter",
    "plp.evening",
    "plp.measures",
    "plp.connections",
    "plp.notices",
    "plp.sightings",
    "plp.followup",
    "plp.alerts",
    "plp.launch",
    "plp.evaluation",
    "plp.protection",
]

# Headers first: what a lower line refuses, redirects or serves as a file carries them too (trust 3.3).
MIDDLEWARE = [
    "plp.portal.shell.headers.HeadersMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "plp.portal.shell.packing.PackingMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "plp.portal.shell.room.RoomMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "plp.portal.shell.middleware.PersonMiddleware",
    "plp.portal.subjects.launch.gates.GateMiddleware",
    "plp.portal.shell.drafting.DraftMiddleware",
    "plp.portal.shell.sizes.SizeMiddleware",
    "plp.portal.shell.once.OnceMiddleware",
]

ROOT_URLCONF = "plp.server.urls"
WSGI_APPLICATION = "plp.server.wsgi.application"

# The pages: a subject is a folder of plp/portal/subjects with urls.py, templates/, locale/ (plp/portal/README.md).
PORTAL_SUBJECTS = {  # folder: beginning of its addresses
    "home": "",
    "account": "account/",
    "public": "",
    "members": "m/",
    "police": "police/",
    "coordinator": "coordinator/",
    "enrolment": "enrolment/",
    "zone": "zone/",
    "evening": "evening/",
    "idea": "",
    "launch": "launch/",
    "groundwork": "groundwork/",
    "mandates": "mandates/",
    "pack": "pack/",
    "charter": "charter/",
    "sightings": "",
    "advice": "advice/",
    "accessibility": "accessibility/",
    "guide": "guide/",
    "questions": "questions/",
    "alerts": "",
    "requests": "requests/",
    "evaluation": "evaluation/",
    "protection": "protection/",
    "measures": "measures/",
    "exchange": "exchange/",
    "running": "",
    "setup": "setup/",
    "outlets": "",
    "connections": "connections/",
}
PORTAL_MENU: list[str] = [  # dotted paths of tuples of portal.shell.offers.Entry: the first two allowed stand in front
    "plp.portal.subjects.running.menu.MENU",
    "plp.portal.subjects.police.menu.MENU",
    "plp.portal.subjects.coordinator.menu.MENU",
    "plp.portal.subjects.enrolment.menu.MENU",
    "plp.portal.subjects.launch.menu.MENU",
    "plp.portal.subjects.sightings.menu.MENU",
    "plp.portal.subjects.questions.menu.MENU",
    "plp.portal.subjects.requests.menu.MENU",
    "plp.portal.subjects.exchange.menu.MENU",
    "plp.portal.subjects.groundwork.menu.MENU",
    "plp.portal.subjects.evening.menu.MENU",
    "plp.portal.subjects.charter.menu.MENU",
    "plp.portal.subjects.evaluation.menu.MENU",
    "plp.portal.subjects.protection.menu.MENU",
    "plp.portal.subjects.mandates.menu.MENU",
    "plp.portal.subjects.measures.menu.MENU",
    "plp.portal.subjects.zone.menu.MENU",
    "plp.portal.subjects.home.menu.MENU",
    "plp.portal.subjects.pack.menu.MENU",
]
PORTAL_STANDING: list[str] = [  # dotted paths of functions (person, at) -> list[portal.shell.offers.Standing]
    "plp.portal.subjects.running.standing.standing",
    "plp.portal.subjects.zone.standing.standing",
]
PORTAL_SEARCH: list[str] = [  # dotted paths of functions (person, words, at) -> list[portal.shell.finding.Found]
    "plp.portal.subjects.launch.finding.find",
    "plp.portal.subjects.mandates.finding.find",
    "plp.portal.subjects.coordinator.finding.find",
]
PORTAL_STARTS: list[str] = [  # dotted paths of functions (person, at) -> list[portal.shell.starting.Start]
    "plp.portal.subjects.account.starting.starts",
    "plp.portal.subjects.members.starting.starts",
    "plp.portal.subjects.mandates.starting.starts",
    "plp.portal.subjects.police.starting.starts",
    "plp.portal.subjects.enrolment.starting.starts",
]
PORTAL_HELP = "plp.portal.subjects.guide.help.help_on"  # where the page of a request is explained
EXAMINATION = "plp.ops.examination.examine"  # what ./plp doctor asks, for the page of the administrator
CLOCKS: list[str] = [  # dotted paths of tuples of followup.clocks.Kind: what is due, and through whose hands it goes
    "plp.followup.clocks.KINDS",
    "plp.evaluation.clocks.KINDS",
    "plp.protection.clocks.KINDS",
    "plp.followup.measuring.KINDS",
]
PORTAL_TASKS: list[str] = [  # dotted paths of functions (person, at) -> list[portal.shell.offers.Task]
    "plp.portal.subjects.setup.tasks.tasks",
    "plp.portal.subjects.police.tasks.tasks",
    "plp.portal.subjects.alerts.tasks.tasks",
    "plp.portal.subjects.sightings.tasks.tasks",
    "plp.portal.subjects.questions.tasks.tasks",
    "plp.portal.subjects.requests.tasks.tasks",
    "plp.portal.subjects.exchange.tasks.tasks",
    "plp.portal.subjects.coordinator.tasks.tasks",
    "plp.portal.subjects.evening.tasks.tasks",
    "plp.portal.subjects.launch.tasks.tasks",
    "plp.portal.subjects.groundwork.tasks.tasks",
    "plp.portal.subjects.mandates.tasks.tasks",
    "plp.portal.subjects.charter.tasks.tasks",
    "plp.portal.subjects.evaluation.tasks.tasks",
    "plp.portal.subjects.protection.tasks.tasks",
    "plp.portal.subjects.measures.tasks.tasks",
]
if DEMO:
    PORTAL_SUBJECTS["demo"] = "demo/"
    PORTAL_MENU.append("plp.portal.subjects.demo.menu.MENU")
_portal = [ROOT / "portal" / "shell", *(ROOT / "portal" / "subjects" / subject for subject in PORTAL_SUBJECTS)]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [folder / "templates" for folder in _portal],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django_htmx.templatetags.django_htmx",
                "plp.portal.shell.tags",
                "plp.portal.shell.words",
                "plp.portal.shell.routes",
                "plp.portal.shell.drafting",
                "plp.portal.shell.starting",
                "plp.portal.shell.readers",
                "plp.portal.shell.pictures",
            ],
        },
    }
]
write_plainly()
FORM_RENDERER = "plp.portal.shell.forms.Renderer"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no cookie of its own
MESSAGE_TAGS = {10: "info", 20: "info", 25: "good", 30: "warn", 40: "bad"}  # level: kind of the notice component

DATABASES = {"default": read_database()}
COUNTRY = read_switch("PLP_COUNTRY")  # several machines: nothing counts as done before a second database has it
if COUNTRY and "sqlite" in DATABASES["default"]["ENGINE"]:
    raise ImproperlyConfigured("PLP_COUNTRY needs PostgreSQL: set PLP_DATABASE_URL.")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.Account"
PASSWORD_RESET_TIMEOUT = 7 * 86_400  # seconds for which the link of an invitation is good
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "plp.people.passwords.LengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "plp.people.passwords.OwnWordsValidator"},
]

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 200_000},  # a limit that is thrown out too early is no limit (trust 3.6)
    },
}

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("French")), ("nl", _("Dutch")), ("de", _("German")), ("en", _("English"))]
LOCALE_PATHS = sorted(path for depth in ("*", "*/*", "*/*/*") for path in ROOT.glob(f"{depth}/locale"))  # one a room
TIME_ZONE = "Europe/Brussels"
USE_TZ = True
lay_together()
FORMAT_MODULE_PATH = ["plp.server.formats"]

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"  # packed by ops/assets.py when serving begins
STATIC_ROOT.mkdir(exist_ok=True)
STATICFILES_DIRS = [
    *(folder / "static" for folder in _portal if (folder / "static").is_dir()),
    ("fonts", ROOT / "toolbox" / "fonts"),
]
WHITENOISE_USE_FINDERS = True  # by their plain names too
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_ALLOW_ALL_ORIGINS = False  # our pages alone use our files
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": HOME / "files"}},
    "staticfiles": {"BACKEND": "plp.ops.assets.Assets"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 5

SECURE_CSP: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "worker-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "object-src": [CSP.NONE],
    "require-trusted-types-for": ["'script'"],
}
_https = _origin.scheme == "https"
SECURE_SSL_REDIRECT = _https
SECURE_REDIRECT_EXEMPT = [r"^api/(receipts|inbound)/"] if SMS_CALLBACK_ORIGIN.startswith("http://") else []
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _https
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # the browsers' preload list is the operator's choice (trust 3.2)
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SESSION_COOKIE_NAME = "__Host-session" if _https else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if _https else "csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_AGE = None  # with the browser
SESSION_EXPIRE_AT_BROWSER_CLOSE = True  # but a member's lasts 30 days (portal/shell/sessions.py)
LANGUAGE_COOKIE_NAME = "__Host-language" if _https else "language"
LANGUAGE_COOKIE_SECURE = _https
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_AGE = 31_536_000
DEVICE_COOKIE_NAME = "__Host-device" if _https else "device"  # by which a browser of the staff is known again (T4)
DEVICE_COOKIE_AGE = 31_536_000
CSRF_FAILURE_VIEW = "plp.portal.shell.errors.csrf_failure"

# Staff sign in with the digest of their e-mail address, a password and a second factor (trust 3.5).
AUTHENTICATION_BACKENDS = ["plp.portal.subjects.account.adapters.Backend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:start"
ACCOUNT_ADAPTER = "plp.portal.subjects.account.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_USER_MODEL_EMAIL_FIELD = None  # sealed bytes to allauth: its migrations would put them in lower case
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]  # there is no public sign-up: nothing routes to it
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_FORMS = {"login": "plp.portal.subjects.account.forms.SignInForm"}
ACCOUNT_SESSION_REMEMBER = False  # the session ends with the browser, or earlier (portal/shell/sessions.py)
ACCOUNT_LOGOUT_REDIRECT_URL = "home:start"
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key,100/d/key"}
# A zone with a provider of its own may sign in there (OpenID Connect): known accounts only, matched by their address.
OIDC_URL = read_text("PLP_OIDC_URL").rstrip("/")
_provider = urlsplit(OIDC_URL)
if OIDC_URL and not (_provider.scheme == "https" or (IS_LOCAL and _provider.hostname == "127.0.0.1")):
    raise ImproperlyConfigured("PLP_OIDC_URL must look like https://login.example.be.")
OIDC_SECOND_FACTOR = read_text("PLP_OIDC_SECOND_FACTOR").split()  # words of acr or amr that stand for a second factor
OIDC_APP = {
    "provider_id": "zone",
    "name": read_text("PLP_OIDC_NAME", _provider.hostname or ""),
    "client_id": read_text("PLP_OIDC_CLIENT_ID"),
    "secret": read_secret("PLP_OIDC_CLIENT_SECRET"),
    "settings": {"server_url": OIDC_URL, "oauth_pkce_enabled": True},
}
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [OIDC_APP] if OIDC_URL else []}}
SOCIALACCOUNT_ADAPTER = "plp.portal.subjects.account.provider.ProviderAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
MAP_TILES = read_text("PLP_MAP_TILES")  # pictures of a map of somebody else, under ours; its host sees who looks
MAP_TILES_BY = read_text("PLP_MAP_TILES_BY")  # whom to name below the map
if MAP_TILES and not (
    re.fullmatch(r"https://[a-z0-9.-]+(:\d+)?/[^\s\"<>{}]*\{z\}/\{x\}/\{y\}[^\s\"<>{}]*", MAP_TILES) and MAP_TILES_BY
):
    raise ImproperlyConfigured(
        "PLP_MAP_TILES must look like https://tiles.example.be/{z}/{x}/{y}.png, and PLP_MAP_TILES_BY name its maker."
    )
SECURE_CSP["img-src"] += ["https://" + urlsplit(MAP_TILES).netloc] if MAP_TILES else []
SECURE_CSP["form-action"] += [f"{_provider.scheme}://{_provider.netloc}"] if OIDC_URL else []
MFA_ADAPTER = "plp.portal.subjects.account.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "plp.portal.subjects.account.forms.CodeForm",
    "authenticate_webauthn": "plp.portal.subjects.account.forms.PasskeyStepForm",
    "login_webauthn": "plp.portal.subjects.account.forms.PasskeySignInForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an account is opened by an appointment, not by a mail
MFA_TOTP_TOLERANCE = 1  # telephones whose clock is up to half a minute wrong
MFA_TOTP_ISSUER = "PLP"
MFA_RECOVERY_CODE_COUNT = 10
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = IS_LOCAL and _origin.scheme == "http"
ALLAUTH_TRUSTED_PROXY_COUNT = read_number("PLP_PROXIES", 0, low=0, high=5)  # reverse proxies in front, for rate limits
if ALLAUTH_TRUSTED_PROXY_COUNT:  # they say whether the browser came by https, and let nobody else say it
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
