"""Print what the SMS gateway or supplier needs so that it sends for us and brings us replies; check a description."""

import argparse
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from django.conf import settings

from plp.channels.sms.channel import callback_origin, supplier_accounts
from plp.channels.sms.replies import sms_reply_callback_path
from plp.channels.sms.suppliers.descriptions import FaultyDescription, SupplierDescription, read_description
from plp.ops.cli import FAILURE, SUCCESS

# %p, %b, %C and %I are Kannel's own: number, words, charset and name of a reply. What we answer is sent back.
# It wants an empty line between two groups, and the first of these follows one that the operator wrote.
GROUPS = """
group = sendsms-user
username = "{user}"
password = "{password}"
concatenation = true
max-messages = 10

group = sms-service
keyword = default
max-messages = 1
omit-empty = true
get-url = "{replies}?from=%p&text=%b&charset=%C&id=%I"
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The description of a supplier, to be checked."""
    parser.add_argument("description", nargs="?", type=Path, help="a supplier's description (TOML) to check")


def run(options: argparse.Namespace) -> int:
    """Print the groups for ``kannel.conf``, or the address for each supplier over HTTP.

    The address of replies is a secret: who has it can say STOP for others.
    """
    if options.description:
        return _print_description_faults_or_url(options.description)
    accounts = supplier_accounts()
    for account in accounts:
        print(f"{account.description.title}: {account.description.hint}\n{callback_origin()}{account.callback_path}")
    kannel_urls = [url for url in (settings.SMS_URL, settings.SMS_URL_2) if url.startswith("http")]
    if kannel_urls or not accounts:
        print(_kannel_configuration_of_url(urlsplit(kannel_urls[0] if kannel_urls else "")), end="")
    return SUCCESS


def _kannel_configuration_of_url(url: SplitResult) -> str:
    """The two groups, with the name and the password that stand in ``url``."""
    return GROUPS.format(
        user=unquote(url.username or "the name in PLP_SMS_URL"),
        password=unquote(url.password or "the password in PLP_SMS_URL"),
        replies=f"{callback_origin()}{sms_reply_callback_path()}",
    )


def _print_description_faults_or_url(path: Path) -> int:
    """Say what is wrong with a description, or how PLP_SMS_URL is written with it."""
    try:
        description = read_description(path)
    except FaultyDescription as wrong:
        print(wrong)
        return FAILURE
    print(f"{description.title}: nothing is wrong. PLP_SMS_URL={_example_url_of(description, path)}")
    return SUCCESS


def _example_url_of(description: SupplierDescription, path: Path) -> str:
    """PLP_SMS_URL with the names of what must stand there."""
    account = dict(description.account)
    front = f"{'USER' if account.pop('user', '') else ''}:{'PASSWORD' if account.pop('password', '') else ''}"
    host = "HOST" if account.pop("host", "") else ""
    options = "&".join(f"{name}={name.upper()}" for name in account)
    return f"{description.key}://{front}@{host}{path.resolve()}{'?' if options else ''}{options}"
