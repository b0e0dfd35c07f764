"""A browser that sends forms to a running server as if from a network of its own, behind one trusted proxy."""

import http.client
import re
import time
from dataclasses import dataclass
from urllib.parse import urlencode

PATIENCE = 120.0  # seconds until it gives up
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True)
class Page:
    """What came back, and after how many seconds; ``leads_to``: where a redirect goes."""

    status: int
    body: str
    leads_to: str
    seconds: float


class FormBrowser:
    """Keeps cookies and the token of its forms; every page asked for is noted in ``pages``."""

    def __init__(self, port: int, address: str) -> None:
        self.port, self.address = port, address
        self.cookies: dict[str, str] = {}
        self.token = ""
        self.pages: list[Page] = []

    def get_page(self, path: str) -> Page:
        """Open a page."""
        return self._send_request_and_keep_cookies("GET", path, None)

    def post_form(self, path: str, **fields: str) -> Page:
        """Send a form; the token is that of the last page with one, got first where there was none."""
        if not self.token:
            self.get_page(path)
        return self._send_request_and_keep_cookies(
            "POST", path, urlencode({"csrfmiddlewaretoken": self.token, **fields})
        )

    def _send_request_and_keep_cookies(self, method: str, path: str, body: str | None) -> Page:
        headers = {"Accept-Language": "en", "X-Forwarded-For": self.address}
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://127.0.0.1:{self.port}"}
        begun = time.monotonic()
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            line.request(method, path, body, headers)
            answer = line.getresponse()
            page = Page(
                answer.status,
                answer.read().decode(errors="replace"),
                answer.getheader("Location", ""),
                time.monotonic() - begun,
            )
        finally:
            line.close()
        for kept in answer.headers.get_all("Set-Cookie", []):
            name, _, value = kept.partition(";")[0].partition("=")
            self.cookies[name] = value
        found = TOKEN.search(page.body)
        self.token = found[1] if found else self.token
        self.pages.append(page)
        return page
