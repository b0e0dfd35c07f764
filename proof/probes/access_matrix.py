"""Asks every cell of the table of access, in the process that has the data folder."""

import io
import json
import random
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch
from urllib.parse import parse_qsl

from django.db import connection, models
from django.template.backends.django import Template
from PIL import Image
from pypdf import PdfWriter

from plp.documents import tagged_pdf
from plp.ops.routes import all_routes
from plp.places.models import Area
from proof.harness.identities import IDENTITIES, IdentityBrowser, outcome_letter, silence_django_log
from proof.harness.site_map import OWNERS, SiteMap
from proof.probes.access_table import METHODS, AccessRow, address_of, read_access_rows
from proof.result import Figure, ProofRequest, ProofResult, print_progress

# What reading may write: sessions, limits, the journal, which notes who looked, and the copy of where a partnership
# stands, which says nothing that other rows do not say and is made again when it is out of date.
NOT_OURS = re.compile(
    r"\s*(?:INSERT INTO|UPDATE|DELETE FROM) \"(?:django_session|cache|journal_entry|journal_chain|launch_position)\""
)
# The mark that the coordinator opened a message: if it does not come in time, the deputy is asked.
MARKS = dict.fromkeys(
    ("/coordinator/messages/<uuid:key>/", "/coordinator/messages/<uuid:key>/relay/"), '"notices_reading"'
)
WRITES = re.compile(r"\s*(?:INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)
EXEMPT = ("/api/", "/stop/")  # machines send without a token: an address that nobody can guess stands for it


class AccessMatrix:
    """The table beside the running pages."""

    def __init__(self, seed: Mapping[str, Any]) -> None:
        silence_django_log()
        self.atlas = SiteMap(seed)
        self.browsers = [IdentityBrowser(name, seed) for name in IDENTITIES]
        self.strangers = {name: IdentityBrowser(name, seed, csrf=True) for name in IDENTITIES}
        self.labels = {model._meta.label: model for model, _owner in self.atlas.of}

    def url_by_owner(self, row: AccessRow) -> dict[str, str]:
        """The address of each owner; ``mixed`` has one's own parent and a neighbour's child."""
        owners = {owner: dict.fromkeys(row.ids, owner) for owner in (OWNERS if self._has_owner(row) else ("own",))}
        nested = [name for name, kind in row.ids.items() if not kind.startswith("=")]
        if len(nested) > 1:
            owners["mixed"] = dict.fromkeys(row.ids, "own") | {nested[-1]: "near"}
        made = {key: address_of(row, self._url_arguments(row, parts)) for key, parts in owners.items()}
        return {key: url for key, url in made.items() if url is not None}

    def _has_owner(self, row: AccessRow) -> bool:
        return any(not kind.startswith("=") for kind in row.ids.values())

    def _url_arguments(self, row: AccessRow, parts: Mapping[str, str]) -> dict[str, Any]:
        """A thing for each part of an address, the last first: a parent is the one to which its child belongs."""
        values: dict[str, Any] = {}
        below: dict[str, list[models.Model]] = {}
        for name, owner in reversed(parts.items()):
            kind = row.ids[name]
            found = self._url_argument(kind, owner, below.setdefault(owner, []))
            if isinstance(found, models.Model):
                below[owner].append(found)
            values[name] = found.pk if isinstance(found, models.Model) else found
        return values

    def _url_argument(self, kind: str, owner: str, below: Iterable[models.Model]) -> Any:
        if kind.startswith("="):
            return kind[1:]
        numbers = OWNERS[owner]
        if kind == "partnership":
            return next(key for key, number in self.atlas.keys.items() if number == numbers[0])
        if kind == "zone":
            path = next(path for path, number in self.atlas.writer.owners.items() if number == numbers[1])
            return Area.objects.get(path=path).pk
        return self._find_object(kind, numbers, below)

    def _find_object(self, kind: str, numbers: Iterable[int], below: Iterable[models.Model]) -> models.Model | None:
        """The parent of what is below; else the first that was made, with the properties after a question mark."""
        label, _mark, wanted = kind.partition("?")
        model = self.labels.get(label)
        if model is None:
            return None
        above = (one for child in below for one in nearest_parent_objects(child) if isinstance(one, model))
        keys = (key for number in numbers for key in self.atlas.of.get((model, number), ()))
        made = model._base_manager.filter(**{name: json.loads(value) for name, value in parse_qsl(wanted)})
        return next(above, None) or next((found for key in keys if (found := made.filter(pk=key).first())), None)

    def outcomes_by_method(self, row: AccessRow) -> dict[str, dict[str, str]]:
        """What each identity meets, by method and owner; ``mixed`` beside them."""
        return {method: self.outcomes_by_owner(row, method) for method in METHODS}

    def outcomes_by_owner(self, row: AccessRow, method: str) -> dict[str, str]:
        """What each identity meets by one method, by owner: one letter each."""
        data = {} if method == "POST" else None
        return {
            owner: "".join(outcome_letter(one.request_and_roll_back(method, url, data)) for one in self.browsers)
            for owner, url in self.url_by_owner(row).items()
        }

    def count_accepted_without_csrf(self, row: AccessRow) -> int:
        """How many identities get something done by a form without its token (T31)."""
        url = self.url_by_owner(row).get("own")
        if url is None or url.startswith(EXEMPT):
            return 0
        return sum(outcome_letter(one.request_and_roll_back("POST", url, {})) == "A" for one in self.strangers.values())


def nearest_parent_objects(row: models.Model, depth: int = 2) -> Iterator[models.Model]:
    """What a row belongs to, the nearest first."""
    held = [
        one for field in row._meta.fields if isinstance(field, models.ForeignKey) and (one := getattr(row, field.name))
    ]
    yield from held
    if depth > 1:
        for one in held:
            yield from nearest_parent_objects(one, depth - 1)


@contextmanager
def blanking_templates_and_pdfs() -> Iterator[None]:
    """Who reaches a page is asked, not how it looks: templates and the typesetter, which take long, rest."""
    sheet, made = PdfWriter(), io.BytesIO()
    sheet.add_blank_page(595, 842)  # A4
    sheet.write(made)
    picture = io.BytesIO()
    Image.new("RGB", (1, 1)).save(picture, "PNG")
    blank = {False: made.getvalue(), True: picture.getvalue()}

    def typeset_blank(order: bytes, *, folder: str) -> bytes:  # noqa: ARG001 - as the typesetter is called
        sheets = (blank[asked["as_picture"]] for asked in json.loads(order)["sheets"])
        return b"".join(len(content).to_bytes(8) + content for content in sheets)

    with (
        patch.object(tagged_pdf, "_run_typesetter", typeset_blank),
        patch.object(Template, "render", lambda *_given, **_more: ""),
    ):
        yield


@contextmanager
def recording_write_statements() -> Iterator[list[str]]:
    """Which statements change something beyond sessions, limits and the journal."""
    found: list[str] = []

    def record_write_statement(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if WRITES.match(sql) and not NOT_OURS.match(sql):
            found.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(record_write_statement):
        yield found


def sampled_rows(ask: ProofRequest, rows: Mapping[str, AccessRow], most: int) -> list[AccessRow]:
    """All, or some by chance."""
    everything = sorted(rows.values(), key=lambda row: row.route)
    return everything if most >= len(rows) else random.Random(ask.seed).sample(everything, most)


def run_probe(ask: ProofRequest, seed: Mapping[str, Any]) -> ProofResult:
    """The proof ``matrix``."""
    with blanking_templates_and_pdfs():
        return _compare_with_access_table(ask, seed)


def _compare_with_access_table(ask: ProofRequest, seed: Mapping[str, Any]) -> ProofResult:
    walls, rows = AccessMatrix(seed), read_access_rows()
    some = sampled_rows(ask, rows, ask.number_for_size(trial=3, quick=8, full=10_000))
    cells, bare = 0, 0
    unexpected: list[str] = []
    by_get: list[str] = []
    mixed: list[str] = []
    for number, row in enumerate(some):
        with recording_write_statements() as changes:
            found = {"GET": walls.outcomes_by_owner(row, "GET")}
        by_get += [f"{row.route}: {sql[:90]}" for sql in changes if MARKS.get(row.route, "no mark") not in sql]
        found["POST"] = walls.outcomes_by_owner(row, "POST")
        bare += walls.count_accepted_without_csrf(row)
        mixed += pop_allowed_mixed_outcomes(row, found)
        cells += sum(len(letters) for method in METHODS for letters in found[method].values())
        unexpected += cells_not_as_declared(row, found)
        if number % 50 == 49:
            print_progress(f"{number + 1} of {len(some)} routes")
    for one in [*unexpected[:20], *mixed[:20], *sorted(set(by_get))[:20]]:
        print_progress(one)
    missing = {one.route for one in all_routes() if not one.route.startswith("/demo/")} ^ set(rows)
    figures = (
        Figure("cells", cells),
        Figure("unexpected cells", len(unexpected), "", 0, 0),
        Figure("routes that the table lacks, or has too many", len(missing), "", 0, 0),
        Figure("own parent with a neighbour's child, let in", len(mixed), "", 0, 0),
        Figure("forms taken without their token", bare, "", 0, 0),
        Figure("changes by reading a page", len(by_get), "", 0, 0),
    )
    words = f"{len(some)} routes × {len(IDENTITIES)} identities × owners own, next door, elsewhere, GET and POST"
    return ProofResult(
        cells, words, figures, details={"unexpected": unexpected[:200], "by reading": sorted(set(by_get))}
    )


def pop_allowed_mixed_outcomes(row: AccessRow, found: Mapping[str, dict[str, str]]) -> list[str]:
    """Takes out of ``found`` what each identity meets at an address of both; answers who was let in, in words."""
    names = list(IDENTITIES)
    return [
        f"{method} {row.route} own parent, child next door, {names[place]}: let in"
        for method in METHODS
        for place, letter in enumerate(found[method].pop("mixed", ""))
        if letter == "A"
    ]


def cells_not_as_declared(row: AccessRow, found: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Each cell that is not as declared, in words."""
    names = list(IDENTITIES)
    return [
        f"{method} {row.route} {owner} {names[place]}: {letter}, declared {expected}"
        for method in METHODS
        for owner, letters in found[method].items()
        for place, (letter, expected) in enumerate(
            zip(letters, row.cells[method].get(owner, "").ljust(len(names), "?"), strict=True)
        )
        if letter != expected
    ]
