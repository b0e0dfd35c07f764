"""The kinds of settings, each read and checked by one function: what is refused is told by its name, its fault and an
example. A secret is never quoted.
"""

import difflib
import os
import re
import shlex
import shutil
from collections.abc import Callable
from email.utils import parseaddr
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

MAILBOX = r"[^\s@<>\",;]+@[^\s@<>\",;]+"
ELSEWHERE = {"PLP_DEBUG", "PLP_TEST_STRICT"}  # read by the launcher, the commands and the tests
NAMES = set(ELSEWHERE)  # of every variable that was asked for
QUOTED = re.compile(r"""(["'])(?!.*\1.*\1).*\1""")
LEAST_TOKEN = 20  # characters of a token that a program sends
MOST_PICTURE = 300_000  # bytes


def setting_refusal(setting: str, expected: str, value: str | None = None) -> ImproperlyConfigured:
    """The refusal of ``setting``: what it must be, and what stands there unless that may be a secret."""
    return ImproperlyConfigured(f"{setting} must be {expected}" + (f", not {value!r}." if value else "."))


def read_text(setting: str, default: str = "") -> str:
    """A line of text."""
    NAMES.add(setting)
    value = os.environ.get(setting, default).strip()
    if not value.isprintable():
        raise setting_refusal(setting, "one line of text without control characters")
    if QUOTED.fullmatch(value):
        raise setting_refusal(setting, "written without quotes around it: a container takes them for a part of it")
    return value


def read_secret(setting: str, default: str = "") -> str:
    """A line of text that may hold a password: ``<name>_FILE`` may name a file that holds it instead."""
    path = read_text(f"{setting}_FILE")
    if not path:
        return read_text(setting, default)
    if os.environ.get(setting):
        raise ImproperlyConfigured(f"{setting} and {setting}_FILE are both set: take one of them out.")
    NAMES.add(setting)
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, ValueError) as error:
        raise setting_refusal(f"{setting}_FILE", f"a file that can be read ({type(error).__name__})", path) from error


def read_matching(setting: str, pattern: str, expected: str, default: str = "") -> str:
    """A text that has the form of ``pattern``, or nothing."""
    value = read_text(setting, default)
    if value and not re.fullmatch(pattern, value):
        raise setting_refusal(setting, expected, value)
    return value


def read_word_list(setting: str, pattern: str, expected: str, default: str = "") -> list[str]:
    """Words with spaces between, each of the form of ``pattern``."""
    words = read_text(setting, default).split()
    for word in words:
        if not re.fullmatch(pattern, word):
            raise setting_refusal(setting, f"{expected}, with spaces between", word)
    return words


def read_number(setting: str, default: int, *, low: int, high: int) -> int:
    """A whole number between ``low`` and ``high``."""
    value = read_text(setting, str(default))
    if not (value.isascii() and value.isdecimal() and low <= int(value) <= high):
        raise setting_refusal(setting, f"a whole number from {low} to {high}", value or "nothing")
    return int(value)


def read_switch(setting: str) -> bool:
    """On for 1, off for 0 or nothing."""
    value = read_text(setting, "0")
    if value not in {"0", "1", ""}:
        raise setting_refusal(setting, "0 or 1", value)
    return value == "1"


def read_mail_sender(setting: str, default: str) -> str:
    """Who mails are from: a name and an address, or the address alone."""
    value = read_text(setting, default)
    if not re.fullmatch(MAILBOX, parseaddr(value)[1]):
        raise setting_refusal(setting, "a name and an address such as PLP <plp@example.be>", value)
    return value


def read_mailboxes(setting: str) -> list[str]:
    """E-mail addresses with spaces between."""
    return read_word_list(setting, MAILBOX, "e-mail addresses such as it@example.be")


def read_strong_token(setting: str) -> str:
    """A secret that a program sends in a header, or nothing."""
    value = read_secret(setting)
    if value and not (
        re.fullmatch(r"[!-~]+", value) and len(value) >= LEAST_TOKEN and len(set(value)) > LEAST_TOKEN // 3
    ):
        raise setting_refusal(
            setting, f"{LEAST_TOKEN} characters or more, drawn by chance: openssl rand -hex 20 makes such a token"
        )
    return value


def read_or_create_home(setting: str) -> Path:
    """The data folder, made if it is not there; it holds the database and the secrets, and is nobody else's."""
    home = read_path(setting, Path.cwd() / "var").resolve()
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        expected = f"a folder that we may make and write to ({error.strerror})"
        raise setting_refusal(setting, expected, str(home)) from error
    return home


def read_path(setting: str, default: Path) -> Path:
    """A file or folder that we write ourselves: by its whole path."""
    value = read_text(setting)
    if value and not Path(value).is_absolute():
        raise setting_refusal(setting, "a whole path that begins with /", value)
    return Path(value) if value else default


def read_file_path(setting: str, expected: str, is_sound: Callable[[bytes], bool]) -> str:
    """The path of a file that is there and holds what it should, or nothing."""
    path = read_text(setting)
    try:
        content = Path(path).read_bytes() if path else b""
    except OSError as error:
        raise setting_refusal(setting, f"the path of {expected} ({error.strerror})", path) from error
    if path and not is_sound(content):
        raise setting_refusal(setting, f"the path of {expected}", path)
    return path


def read_cert_path(setting: str) -> str:
    """The path of a PEM file with a certificate; empty without one."""
    return read_file_path(
        setting, "a PEM file with a certificate", lambda content: b"-----BEGIN CERTIFICATE-----" in content
    )


def read_picture_path(setting: str) -> str:
    """The path of a PNG or JPEG picture of at most 300 kB, known by its content; empty without one."""

    def is_sound(content: bytes) -> bool:
        return content.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")) and len(content) <= MOST_PICTURE

    return read_file_path(setting, "a PNG or JPEG picture of at most 300 kB", is_sound)


def read_command_line(setting: str) -> str:
    """A command line whose program is there; empty without one."""
    value = read_text(setting)
    try:
        words = shlex.split(value)
    except ValueError:
        words = [""]
    if value and not shutil.which(words[0]):
        raise setting_refusal(setting, "a command whose program is on this machine", value)
    return value


def every_setting_including_secrets() -> dict[str, str]:
    """Every setting that is set, as it may stand in a file of settings; a secret that a file holds by its content."""
    values = {name: os.environ[name].strip() for name in sorted(NAMES) if os.environ.get(name, "").strip()}
    for name, path in list(values.items()):
        secret = name.removesuffix("_FILE")
        if secret != name and secret in NAMES:  # not one of the keys, which a backup holds anyway
            values[secret] = Path(path).read_text(encoding="utf-8").strip()
            del values[name]
    return values


def unknown_setting_sentences() -> list[str]:
    """A sentence for each variable of our prefix that is no setting. Raises for one that is nearly one's name."""
    sentences = []
    for name in sorted(name for name in os.environ if name.startswith("PLP_") and name not in NAMES):
        near = difflib.get_close_matches(name, sorted(NAMES), n=1, cutoff=0.8)
        if near:
            raise ImproperlyConfigured(f"{name} is no setting: did you mean {near[0]}? If not, take it out.")
        sentences.append(f"{name} is no setting of this version: docs/settings.md lists them all.")
    return sentences
