"""All settings, read from the environment with the prefix ``PLP_``; nonsense is refused with one sentence.

Each setting is described in docs/settings.md (a test compares). A secret may be given as a file: ``PLP_X_FILE``.
"""

import base64
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.signals import connection_created
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from plp.ops.catalogues.compilation import CannotCompile, compile_stale_catalogues
from plp.ops.log_format import LEVELS, logging_configuration
from plp.portal.shell.subjects import folders_named
from plp.server.addresses import (
    host_of_origin,
    read_listening_ip,
    read_mail_server_url,
    read_origin,
    read_sms_gateway_url,
    read_url,
)
from plp.server.database import read_database_settings
from plp.server.keys import key_file, read_old_signing_keys, read_or_create_key
from plp.server.setting_readers import (
    MAILBOX,
    every_setting_including_secrets,
    read_cert_path,
    read_command_line,
    read_mail_sender,
    read_mailboxes,
    read_matching,
    read_number,
    read_or_create_home,
    read_path,
    read_picture_path,
    read_strong_token,
    read_switch,
    read_text,
    read_word_list,
    unknown_setting_sentences,
)
from plp.server.sign_in_providers import read_sign_in_providers
from plp.toolbox.storable import install_unstorable_guard

ROOT = Path(__file__).resolve().parents[1]

HOME = read_or_create_home("PLP_HOME")

WEB_HOST = read_listening_ip("PLP_HOST", "127.0.0.1")  # where ./plp web listens, behind the reverse proxy
WEB_PORT = read_number("PLP_PORT", 8000, low=1, high=65535)
WEB_PROCESSES = read_number("PLP_WEB_PROCESSES", 1, low=1, high=64)

ORIGIN = read_origin("PLP_ORIGIN") or f"http://127.0.0.1:{WEB_PORT}"
_origin = urlsplit(ORIGIN)
IS_LOCAL = _origin.hostname in {"127.0.0.1", "localhost", "::1"}
if _origin.scheme == "http" and not IS_LOCAL:
    raise ImproperlyConfigured("PLP_ORIGIN must begin with https:// unless it is this machine.")

DEMO = read_switch("PLP_DEMO")  # invented people, an outbox page, sign-in details on the start page
if DEMO and not IS_LOCAL:
    raise ImproperlyConfigured("PLP_DEMO shows passwords: it is refused on a public origin.")

SECRET_KEY = base64.b64encode(read_or_create_key("PLP_SECRET_KEY", HOME, size=48)).decode()
SECRET_KEY_FILE = key_file("PLP_SECRET_KEY", HOME)
SECRET_KEYS_OLD = read_path("PLP_SECRET_KEYS_OLD", HOME / "secrets" / "secret_keys_old")
SECRET_KEY_FALLBACKS = read_old_signing_keys(SECRET_KEYS_OLD)
read_or_create_key("PLP_FIELD_KEY", HOME, size=32)  # made and checked here, read by toolbox.keyring
FIELD_KEY_FILE = key_file("PLP_FIELD_KEY", HOME)
FIELD_KEYS_OLD = read_path("PLP_FIELD_KEYS_OLD", HOME / "secrets" / "field_keys_old")
ERASURES_FILE = read_path("PLP_ERASURES_FILE", HOME / "erasures")  # what a restore must erase again
SEAL_FILE = read_path("PLP_SEAL_FILE", HOME / "secrets" / "seal")  # key and certificate of signed charters

PUSH_KEY = read_or_create_key("PLP_PUSH_KEY", HOME, size=32)  # by which push services know this installation

SMTP_URL = read_mail_server_url("PLP_SMTP_URL", "smtp://127.0.0.1:25")
SMTP_URL_2 = read_mail_server_url("PLP_SMTP_URL_2")  # takes over within seconds when the first cannot be reached
SMTP_CA_FILE = read_cert_path("PLP_SMTP_CA_FILE")  # a private authority that signed the mail server's certificate
SMS_URL = read_sms_gateway_url("PLP_SMS_URL")
SMS_URL_2 = read_sms_gateway_url("PLP_SMS_URL_2")
SMS_CALLBACK_ORIGIN = read_origin("PLP_SMS_CALLBACK_ORIGIN")  # where the gateway finds us, if not at ORIGIN
SMS_PREFIXES = read_word_list("PLP_SMS_PREFIXES", r"\+[1-9]\d{0,13}", "beginnings of numbers such as +324", "+324")
VOICE_URL = read_url(  # a SIP trunk for automatic calls; without one nobody is called by a machine
    "PLP_VOICE_URL",
    "sips sip",
    "sips://user:password@trunk.example.be",
    is_secret=True,
    needs_user=True,
    options={"transport": "tcp|udp"},
)
VOICE_CA_FILE = read_cert_path("PLP_VOICE_CA_FILE")  # a private authority that signed the trunk's certificate
VOICE_NUMBER = read_matching(  # what the called telephone shows, if that is not the name in PLP_VOICE_URL
    "PLP_VOICE_NUMBER", r"\+[1-9][0-9]{5,14}", "a number such as +3281555010"
)
VOICE_CALLS = read_number("PLP_VOICE_CALLS", 10, low=1, high=100)  # at once: as many as the trunk allows
VOICE_CENTS = read_number("PLP_VOICE_CENTS", 5, low=1, high=1000)  # what a minute of a call costs
VOICE_CENTS_A_DAY = read_number("PLP_VOICE_CENTS_A_DAY", 20_000, low=0, high=1_000_000_000)  # most to spend (T40)
VOICE_MINUTES_A_QUARTER = read_number("PLP_VOICE_MINUTES_A_QUARTER", 2000, low=0, high=1_000_000_000)  # most a day
VOICE_MINUTES_A_NUMBER = read_number("PLP_VOICE_MINUTES_A_NUMBER", 30, low=0, high=1_000_000)  # most a day
_voices = read_word_list("PLP_VOICE_SPEAKERS", r"(fr|nl|de|en)=/\S+", "languages and files such as fr=/srv/fr.onnx")
VOICE_SPEAKERS = dict(words.split("=", 1) for words in _voices)  # files of better voices, for piper
_push = "fcm.googleapis.com updates.push.services.mozilla.com .push.apple.com .notify.windows.com"
_host = r"\.?[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]+" + (r"|http://127\.0\.0\.1:\d{1,5}" if IS_LOCAL else "")
PUSH_HOSTS = read_word_list(  # push services of browsers; none: no Web Push
    "PLP_PUSH_HOSTS", _host, "names of hosts such as fcm.googleapis.com", "" if DEMO else _push
)
WEBHOOK_HOSTS = read_word_list(  # hosts of programs that are told what happened; none: nobody is
    "PLP_WEBHOOK_HOSTS", _host, "names of hosts such as hooks.evere.be"
)
SMS_CENTS = read_number("PLP_SMS_CENTS", 7, low=1, high=1000)  # what one part of an SMS costs
SMS_CENTS_A_DAY = read_number("PLP_SMS_CENTS_A_DAY", 100_000, low=0, high=1_000_000_000)  # most to spend (T40)
SMS_PARTS_A_QUARTER = read_number("PLP_SMS_PARTS_A_QUARTER", 6000, low=0, high=1_000_000_000)  # most a day
SMS_PARTS_A_NUMBER = read_number("PLP_SMS_PARTS_A_NUMBER", 40, low=0, high=1_000_000)  # most a day
SMS_CODES_AN_HOUR = read_number("PLP_SMS_CODES_AN_HOUR", 20, low=0, high=1_000_000)  # to numbers that begin alike
_site = r"https://[a-z0-9-]+(\.[a-z0-9-]+)+(:\d{1,5})?" + (r"|http://127\.0\.0\.1:\d{1,5}" if IS_LOCAL else "")
EMBED_SITES = read_word_list(  # sites that may show the page of a partnership inside one of theirs
    "PLP_EMBED_SITES", _site, "addresses such as https://www.evere.be"
)
PLP_LOGO = read_picture_path("PLP_LOGO")  # the ministry's logo on documents: supplied by the installer, never ours (R5)
LETTER_WINDOW = read_matching(  # side of the window in the envelopes of whoever prints the letters of the pack
    "PLP_LETTER_WINDOW", "left|right", "left or right", "right"
)
CAP_FEED = read_url(  # an address at which official alerts are published (CAP, Atom, RSS)
    "PLP_CAP_FEED", "https http", "https://alerts.example.be/feed.xml"
)
SCAN_COMMAND = read_command_line("PLP_SCAN_COMMAND")  # a virus scanner that reads a file from standard input
_domain = "localhost" if ":" in str(_origin.hostname) else _origin.hostname
MAIL_FROM = read_mail_sender("PLP_MAIL_FROM", f"PLP <plp@{_domain}>")
DPO = read_text("PLP_DPO")  # name and contact of the data protection officer: stands on papers and the privacy page
CONTACT = read_matching(  # who answers for these pages: stands on the accessibility statement
    "PLP_CONTACT", rf"{MAILBOX}\.[a-z]+", "an e-mail address such as info@example.be"
)
SMS_SENDER = read_matching(
    "PLP_SMS_SENDER", r"\+?[0-9]{3,15}|[A-Za-z0-9 .-]{3,11}", "a number, or a name of 3 to 11 letters and digits", "PLP"
)
BOUNCES_TO = read_matching(  # the envelope sender of each copy, with a star where the copy stands (VERP)
    "PLP_BOUNCES_TO",
    r"[A-Za-z0-9._+=-]{0,25}\*@[a-z0-9-]+(\.[a-z0-9-]+)+",
    "a mailbox with a star before its @, such as plp+*@example.be",
)
IMAP_URL = read_url(  # the mailbox of MAIL_FROM, where answers come in
    "PLP_IMAP_URL", "imaps imap", "imaps://user:password@host/INBOX", is_secret=True, needs_user=True, options={}
)
IMAP_CA_FILE = read_cert_path("PLP_IMAP_CA_FILE")  # a private authority that signed the mailbox server's certificate
ANSWERED = [  # channels whose messages can be answered, and somebody reads it
    channel
    for channel, is_read in (("email", bool(IMAP_URL)), ("sms", SMS_SENDER.removeprefix("+").isdecimal()))
    if is_read or DEMO  # there by the page of the outbox
]
DELIVERY_CONNECTIONS = read_number("PLP_DELIVERY_CONNECTIONS", 20, low=1, high=500)
DELIVERY_LEASE_SECONDS = read_number("PLP_DELIVERY_LEASE_SECONDS", 60, low=1, high=3600)
DISK_RESERVE = 1_000_000 * read_number("PLP_DISK_RESERVE_MB", 100, low=1, high=100_000)  # below: forms are refused

BACKUP_RECIPIENT = read_matching(  # a public key: backups are encrypted to it
    "PLP_BACKUP_RECIPIENT",
    "age1[02-9ac-hj-np-z]{58}",
    "the public key that ./plp backup-key printed: age1 and 58 signs",
)
BACKUP_FOLDER = read_matching("PLP_BACKUP_FOLDER", "/.*", "a whole path that begins with /")  # of the daily backups
BACKUP_KEEP = read_number("PLP_BACKUP_KEEP", 14, low=1, high=1000)
PAPER_FOLDER = read_matching("PLP_PAPER_FOLDER", "/.*", "a whole path that begins with /")  # call trees, sealed weekly
PAPER_RECIPIENT = (
    read_matching("PLP_PAPER_RECIPIENT", "age1[02-9ac-hj-np-z]{58}", "a public key: age1 and 58 signs")
    or BACKUP_RECIPIENT
)
ALARM_TO = read_mailboxes("PLP_ALARM_TO")  # who is told by mail when the machine needs help
ANCHOR_TO = read_mailboxes("PLP_ANCHOR_TO") or ALARM_TO  # who keeps, day by day, where the journal ended (T38)
METRICS_TOKEN = read_strong_token("PLP_METRICS_TOKEN")  # opens /metrics; without it there is none

LOG_FORMAT = read_matching("PLP_LOG_FORMAT", "plain|json", "plain or json", "plain")
LOG_LEVEL = read_matching("PLP_LOG_LEVEL", "|".join(LEVELS), "debug, info, warning or error", "info")
LOGGING = logging_configuration(LOG_FORMAT, LOG_LEVEL)

DEBUG = False
ALLOWED_HOSTS: list[str] = [  # exact, as they stand in a Host header
    host_of_origin(ORIGIN),
    *(["localhost", "127.0.0.1"] if IS_LOCAL else []),
    *([host_of_origin(SMS_CALLBACK_ORIGIN)] if SMS_CALLBACK_ORIGIN else []),
]
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
    "plp.server.sign_in_library.ProviderSignIn",
    "allauth.socialaccount.providers.openid_connect",
    "plp.journal",
    "plp.metrics",
    "plp.places",
    "plp.people",
    "plp.drafts",
    "plp.firms",
    "plp.delivery",
    "plp.mandates",
    "plp.accounts",
    "plp.partnership",
    "plp.membership",
    "plp.charter",
    "plp.evening",
    "plp.measures",
    "plp.connections",
    "plp.notices",
    "plp.sightings",
    "plp.followup",
    "plp.alerts",
    "plp.exchange",
    "plp.launch",
    "plp.evaluation",
    "plp.protection",
]

# Headers first: what a lower line refuses, redirects or serves as a file carries them too (docs/security.md#browser).
MIDDLEWARE = [
    "plp.portal.shell.headers.SecurityHeadersMiddleware",
    "plp.api.middleware.CountingMiddleware",
    "plp.api.middleware.MachinesMiddleware",
    "plp.portal.shell.headers.ForwardedProtoMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "plp.portal.shell.compression.CompressionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "plp.portal.shell.disk_space.DiskSpaceMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "plp.portal.shell.middleware.PersonMiddleware",
    "plp.portal.shell.middleware.NulAddressMiddleware",
    "plp.portal.shell.unsent_forms.UnsentFormMiddleware",
    "plp.portal.shell.endings.EndedPartnershipMiddleware",
    "plp.portal.subjects.launch.plan.gate_notices.GateNoticeMiddleware",
    "plp.portal.shell.form_drafts.DraftMiddleware",
    "plp.portal.shell.request_size.RequestSizeMiddleware",
    "plp.portal.shell.double_submission.DoubleSubmissionMiddleware",
]

ROOT_URLCONF = "plp.server.urls"
WSGI_APPLICATION = "plp.server.wsgi.application"

EXAMINATION = "plp.ops.diagnostics.run_diagnostics"  # what ./plp doctor asks, for the page of the administrator

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "portal" / "shell" / "templates", *folders_named("templates")],
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
                "plp.portal.shell.form_drafts",
                "plp.portal.shell.translated_fields",
                "plp.portal.shell.first_steps",
                "plp.portal.shell.easy_words",
                "plp.portal.shell.retention_tag",
                "plp.portal.shell.reader_mark",
                "plp.portal.shell.pictures",
            ],
        },
    }
]
connection_created.connect(install_unstorable_guard)
FORM_RENDERER = "plp.portal.shell.forms.Renderer"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no cookie of its own
MESSAGE_TAGS = {10: "info", 20: "info", 25: "good", 30: "warn", 40: "bad"}  # level: kind of the notice component

DATABASES = {"default": read_database_settings(HOME)}
COUNTRY = read_switch("PLP_COUNTRY")  # several machines: nothing counts as done before a second database has it
if COUNTRY and "sqlite" in DATABASES["default"]["ENGINE"]:
    raise ImproperlyConfigured("PLP_COUNTRY needs PostgreSQL: set PLP_DATABASE_URL.")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.Account"
PASSWORD_RESET_TIMEOUT = 7 * 86_400  # seconds for which the link of an invitation is good
PASSWORD_HASHERS = ["plp.accounts.passwords.PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "plp.accounts.passwords.LengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "plp.accounts.passwords.PlatformAndPlaceWordsValidator"},
]

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "KEY_FUNCTION": "plp.toolbox.crypto.cache_key",
        "OPTIONS": {"MAX_ENTRIES": 200_000},  # thrown out too early is no limit (docs/security.md#limits)
    },
}

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("French")), ("nl", _("Dutch")), ("de", _("German")), ("en", _("English"))]
LOCALE_PATHS = [ROOT / "locale"]
try:
    compile_stale_catalogues(LOCALE_PATHS[0])  # in a checkout whose .po was edited
except CannotCompile as error:
    raise ImproperlyConfigured(str(error)) from error
TIME_ZONE = "Europe/Brussels"
USE_TZ = True
FORMAT_MODULE_PATH = ["plp.server.formats"]

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"  # packed by ops/assets.py when serving begins
STATIC_ROOT.mkdir(exist_ok=True)
STATICFILES_DIRS = [
    ROOT / "portal" / "shell" / "static",
    *folders_named("static"),
    ("fonts", ROOT / "documents" / "fonts"),
]
WHITENOISE_USE_FINDERS = True  # by their plain names too
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_ALLOW_ALL_ORIGINS = False  # our pages alone use our files
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": HOME / "files"}},
    "staticfiles": {"BACKEND": "plp.ops.assets.PackedAssets"},
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
SECURE_REDIRECT_EXEMPT = [  # machines that watch ask by address; a gateway may have no certificates
    r"^(healthz|readyz|metrics)$",
    *([r"^api/(receipts|inbound)/"] if SMS_CALLBACK_ORIGIN.startswith("http://") else []),
]
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _https
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # preloading is the operator's choice (docs/security.md)
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_ENGINE = "plp.portal.shell.session_engine"
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
BALLOT_COOKIE_NAME = "__Host-ballot" if _https else "ballot"  # the code that a telephone took at the door
SCREEN_COOKIE_NAME = "__Host-screen" if _https else "screen"  # by which the screen of a shop is known
KNOWN_COOKIE_NAME = "__Host-known" if _https else "known"  # by which a browser of a member may ask for a code again
CSRF_FAILURE_VIEW = "plp.portal.shell.errors.csrf_failure"

# Staff sign in with the digest of their e-mail address, a password and a second factor (docs/security.md#codes).
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
# portal/subjects/account/attempts.py limits passwords; what is left is the second factor, after a right password.
ACCOUNT_RATE_LIMITS = {"login": "", "login_failed": "5/5m/key,100/d/key"}
MFA_RATE_LIMITS = {"webauthn_login": ""}  # nobody guesses a passkey, and a network has many people
# Providers of the zone, its cities or an identity card may sign in (OpenID Connect): known accounts, by their address.
OIDC_PROVIDERS = read_sign_in_providers(is_local=IS_LOCAL)
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": OIDC_PROVIDERS}}
SOCIALACCOUNT_ADAPTER = "plp.portal.subjects.account.provider.ProviderAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
MAP_TILES = read_matching(  # pictures of a map of somebody else, under ours; its host sees who looks
    "PLP_MAP_TILES",
    r"https://[a-z0-9.-]+(:\d{1,5})?/[^\s\"<>{}]*\{z\}/\{x\}/\{y\}[^\s\"<>{}]*",
    "an address such as https://tiles.example.be/{z}/{x}/{y}.png",
)
MAP_TILES_BY = read_text("PLP_MAP_TILES_BY")  # whom to name below the map
if MAP_TILES and not MAP_TILES_BY:
    raise ImproperlyConfigured("PLP_MAP_TILES_BY must name the maker of the pictures of PLP_MAP_TILES.")
FILMS = dict(  # language -> the address of a film that shows the pages of members with signs or with written words
    film.split("=", 1)
    for film in read_matching(
        "PLP_FILMS",
        r"(fr|nl|de|en)=https://[^\s\"<>]+( (fr|nl|de|en)=https://[^\s\"<>]+)*",
        "a language and an address each, such as fr=https://films.example.be/lsfb nl=https://films.example.be/vgt",
    ).split()
)
SECURE_CSP["img-src"] += ["https://" + urlsplit(MAP_TILES).netloc] if MAP_TILES else []
SECURE_CSP["form-action"] += [
    f"{_address.scheme}://{_address.netloc}"
    for _address in (urlsplit(_provider["settings"]["server_url"]) for _provider in OIDC_PROVIDERS)
]
MFA_ADAPTER = "plp.portal.subjects.account.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "plp.portal.subjects.account.forms.SecondFactorCodeForm",
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

UNKNOWN = unknown_setting_sentences()  # variables of our prefix that are no settings: told at start and by ./plp doctor
GIVEN = every_setting_including_secrets()  # every setting that is set: kept in the backup, sealed like the keys
