"""Which addresses there are: every route, with one address of each owner, found by walking and by swapping ids."""

import re
from collections import deque
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.urls import Resolver404, resolve

from plp.ops.routes import all_routes
from plp.people.models import Person
from proof.canaries.fields import FIELDLESS, TokenWriter
from proof.canaries.tokens import find_tokens_in_text
from proof.harness.identities import IdentityBrowser

LINK = re.compile(r"(?:href|action|src|data-hx-get|data-hx-post)=\"(/[^\"#]*)")
SKIPPED = ("/static/", "/account/sign-out", "/m/sign-out", "/language/")
FORM = 'method="post"'
HEAVY = (".pdf", ".docx", ".pptx", ".zip", ".xlsx", ".ods")
PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
OWNERS = {"own": (0, 90), "near": (1, 90), "far": (2, 91)}


class SiteMap:
    """Finds addresses. ``owners``: area path -> number, as the seed tells."""

    def __init__(self, seed: Mapping[str, Any]) -> None:
        self.writer = TokenWriter(seed["canary"], dict(seed["owners"]))
        self.keys = {one["key"]: one["number"] for one in seed["partnerships"]}
        for person in Person.objects.all():
            for token in find_tokens_in_text(person.name, seed["canary"], FIELDLESS):
                self.writer.people[person.pk] = token
        self.rows: dict[UUID, tuple[type[models.Model], int]] = {}
        self.of: dict[tuple[type[models.Model], int], list[UUID]] = {}
        for model in apps.get_models():
            if model.__module__.startswith("plp.") and isinstance(model._meta.pk, models.UUIDField):
                self._index_rows_by_owner(model)
        self.routes = {one.route: one for one in all_routes() if not one.route.startswith("/demo/")}
        self.seen: dict[str, dict[str, str]] = {}  # route -> owner -> address

    def _index_rows_by_owner(self, model: type[models.Model]) -> None:
        for row in model._base_manager.order_by("pk"):
            whose = self.writer.token_of_linked_person(row) if model._meta.app_label == "people" else None
            owner = whose.plp if whose else self.writer.nearest_area_number(row)
            self.rows[row.pk] = (model, owner)
            self.of.setdefault((model, owner), []).append(row.pk)

    def owner_number_of_ids(self, captured: Mapping[str, Any]) -> int | None:
        """The number of the partnership or zone to which the ids in an address belong; None without one."""
        for value in captured.values():
            if isinstance(value, str) and value in self.keys:
                return self.keys[value]
        for value in captured.values():
            if isinstance(value, UUID) and value in self.rows:
                return self.rows[value][1]
        return None

    def record_url_with_route_and_owner(self, url: str) -> tuple[str, str] | None:
        """Remember an address; answer its route and owner."""
        try:
            match = resolve(url.partition("?")[0])
        except Resolver404:
            return None
        route = f"/{match.route}"
        if route not in self.routes:
            return None
        number = self.owner_number_of_ids(match.kwargs)
        names = [name for name, numbers in OWNERS.items() if number is None or number in numbers]
        for name in names:
            self.seen.setdefault(route, {}).setdefault(name, url)
        return route, names[0] if names else "other"

    def crawl_and_count_pages(
        self,
        browser: IdentityBrowser,
        *,
        most: int,
        each: int = 1,
        files: int = 1,
        papers: bool = True,
        sends: bool = False,
        begins: Iterable[str] = ("/", "/m/settings/"),
        within: tuple[str, ...] = ("/",),
        read: Any = None,
    ) -> int:
        """Follow links from the first pages on, ``each`` addresses a route and owner; answer how many.

        ``files``: the same for what takes long to make, PDF, office files, archives; without ``papers`` none of these.
        ``sends``: each form is sent once too, empty. ``within``: with what the addresses begin.
        """
        todo, asked, visits = deque(begins), set[str](), dict[tuple[str, str], int]()
        while todo and len(asked) < most:
            url = todo.popleft()
            where = self.record_url_with_route_and_owner(url)
            is_heavy = url.partition("?")[0].endswith(HEAVY) or "/all/" in url
            if url in asked or where is None or (is_heavy and not papers):
                continue
            if visits.get(where, 0) >= (files if is_heavy else each):
                continue
            asked.add(url)
            visits[where] = visits.get(where, 0) + 1
            answer = browser.request_and_roll_back("GET", url)
            if read:
                read(browser, url, answer)
            if answer.headers.get("Content-Type", "").startswith("text/html"):
                page = answer.content.decode()
                if sends and read and FORM in page:
                    read(browser, url, browser.request_and_roll_back("POST", url, {}))
                for link in LINK.findall(page):
                    if link.startswith(within) and not link.startswith(SKIPPED):
                        todo.append(link.replace("&amp;", "&").partition("?from=")[0])
                        self.record_url_with_route_and_owner(link)
        return len(asked)
