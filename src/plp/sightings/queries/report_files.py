"""A report as it leaves for the police's own systems: one shape, described by ``docs/report.schema.json``."""

import base64
import json
from collections.abc import Sequence
from typing import Any

from plp.sightings.facts import KEYS
from plp.sightings.models import Sighting
from plp.sightings.queries.sightings import unseal_photograph

SHAPE = 1  # raised when a reader of the shape before could not read it any more
COLUMNS = (
    "reference",
    "filed_at",
    "kind",
    "municipality_nis",
    "place",
    "day",
    "time",
    *KEYS,
    "reporter_name",
    "reporter_reach",
    "pictures",
)


def report_document(sighting: Sighting) -> dict[str, Any]:
    """A report as JSON writes it: what was told and when, the same at every moment until it is erased.

    A field that was not told is left out of ``facts``. Pictures are JPEG, in base64.
    """
    area = sighting.municipality
    names = {"fr": area.name_fr, "nl": area.name_nl, "de": area.name_de}
    is_named = bool(sighting.reporter_name)
    return {
        "shape": SHAPE,
        "id": str(sighting.pk),
        "reference": sighting.reference,
        "filed_at": sighting.filed_at.isoformat(timespec="seconds"),
        "language": sighting.language,
        "kind": sighting.kind,
        "municipality": {"nis": area.nis, "names": {key: name for key, name in names.items() if name}},
        "place": sighting.place,
        "day": sighting.day.isoformat(),
        "time": f"{sighting.clock:%H:%M}" if sighting.clock else None,
        "facts": json.loads(sighting.facts) if sighting.facts else {},
        "reporter": {"name": sighting.reporter_name, "reach": sighting.reporter_reach} if is_named else None,
        "pictures": _pictures_as_base64(sighting),
    }


def _pictures_as_base64(sighting: Sighting) -> list[dict[str, str]]:
    positions = sighting.photos.order_by("position").values_list("position", flat=True)
    photographs = [unseal_photograph(sighting, position) for position in positions]
    return [
        {
            "name": photograph.name,
            "media_type": "image/jpeg",
            "base64": base64.b64encode(photograph.content).decode(),
        }
        for photograph in photographs
        if photograph is not None
    ]


def reports_json(sightings: Sequence[Sighting]) -> bytes:
    """Reports as one JSON file."""
    return json.dumps({"reports": [report_document(sighting) for sighting in sightings]}, ensure_ascii=False).encode()


def report_row(sighting: Sighting) -> list[str]:
    """A report as a line of a table, below ``COLUMNS``; of its pictures the number alone."""
    document = report_document(sighting)
    reporter = document["reporter"] or {"name": "", "reach": ""}
    cells = {
        **document,
        **document["facts"],
        "municipality_nis": document["municipality"]["nis"],
        "time": document["time"] or "",
        "reporter_name": reporter["name"],
        "reporter_reach": reporter["reach"],
        "pictures": str(len(document["pictures"])),
    }
    return [str(cells.get(column, "")) for column in COLUMNS]
