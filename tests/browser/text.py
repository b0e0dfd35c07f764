"""A text browser, w3m: it fetches, sends and draws pages; we keep its cookies and read the fields of its forms."""

import os
import re
import subprocess
import time
from email.parser import Parser
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urljoin

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from lxml import html

from plp.people.models import Person
from tests.patience import PATIENCE
from tests.portal.signing import account_of
from tests.portal.staff import PASSWORD, SECRET

PLAIN = ("-no-cookie", "-o", "follow_redirection=0", "-o", "accept_encoding=identity")
DRAWING = ("-cols", "80", "-I", "UTF-8", "-O", "UTF-8", "-T", "text/html", "-dump")
MOST = 5  # redirections in a row


class TextBrowser:
    """One person in front of 80 columns. ``page`` is what stands on the screen, ``url`` where it is."""

    def __init__(self, origin: str, home: Path, language: str) -> None:
        self.origin, self.home = origin, home
        self.cookies = {"language": language}
        self.url = self.page = self.source = ""

    def _run(self, *arguments: str, source: str = "") -> str:
        """w3m with nothing of ours in its environment."""
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.home), "LC_ALL": "C.UTF-8"}
        ended = subprocess.run(
            ["w3m", *PLAIN, *arguments],
            input=source,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
            timeout=PATIENCE,
        )
        return ended.stdout

    def go(self, address: str, *sending: str) -> None:
        """Open a page, or send a form to it, and follow where it leads."""
        for _hop in range(MOST):
            self.url = urljoin(self.url or self.origin, address)
            worn = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            answer = self._run("-header", f"Cookie: {worn}", *sending, "-dump_both", self.url)
            head, _, self.source = answer.partition("\n\n")
            status, _, fields = head.partition("\n")
            heads = Parser().parsestr(fields)
            for kept in heads.get_all("Set-Cookie", []):
                name, _, value = kept.partition(";")[0].partition("=")
                self.cookies[name] = value
            if not heads["Location"]:
                break
            address, sending = heads["Location"], ()
        assert status.split()[1] == "200", (self.url, status)
        self.page = self._run(*DRAWING, source=self.source)

    def follow(self, part: str) -> None:
        """Open the first link whose address holds ``part``."""
        links = [link for link in html.fromstring(self.source).xpath("//a/@href") if part in link]
        assert links, (part, self.page)
        self.go(links[0])

    def send(self, part: str = "", /, **given: object) -> None:
        """Fill in the form that has these fields (``part``: or whose address holds it), and send it.

        ``__`` in a name stands for a hyphen; ``None`` is the first choice that says something.
        """
        values = {name.replace("__", "-"): value for name, value in given.items()}
        forms = [
            one
            for one in html.fromstring(self.source).xpath("//main//form[@method='post']")
            if part in (one.action or "") and set(values) <= set(one.fields)
        ]
        assert forms, (part, values, self.page)
        form = forms[0]
        for name, value in values.items():
            form.fields[name] = _typed(form.inputs[name], value)
        pairs = form.form_values()
        button = form.xpath(".//button")[0]  # that is what Enter presses
        pairs += [(button.get("name"), button.get("value", ""))] if button.get("name") else []
        body = self.home / "body"
        body.write_text(urlencode(pairs), encoding="ascii")
        self.go(form.action or self.url, "-post", str(body))
        assert not re.search(r'class="[^"]*(?:errorlist|summary)', self.source), self.page

    def sign_in(self, someone: Person) -> None:
        """Password, then the code of the app."""
        self.go("/account/sign-in/")
        self.send(login=account_of(someone).email, password=PASSWORD)
        self.send(code=format_hotp_value(hotp_value(SECRET, int(time.time()) // 30)))


def _typed(field: Any, value: object) -> object:
    """What goes into a field: a tick is its own value, ``None`` the first choice that says something."""
    if isinstance(value, bool):
        return field.get("value", "on")
    return next(choice for choice in field.value_options if choice) if value is None else value
