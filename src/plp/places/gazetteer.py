"""What ships with the product: municipalities, postal codes, police zones, outlines, addresses of three quarters.

Sources and licences stand in ``data/README.md``. Everything is read once and kept.
"""

import csv
import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from plp.places.rules.bilingual import municipality_name_for_reader
from plp.places.rules.words import fold
from plp.toolbox.texts import OFFICIAL_LANGUAGES

DATA = Path(__file__).parent / "data"
REGISTER = "https://opendata.bosa.be"  # where BOSA offers the register of addresses, a file for each region
REGISTER_FILES = MappingProxyType(
    {"02000": "openaddress-bevlg.zip", "03000": "openaddress-bewal.zip", "04000": "openaddress-bebru.zip"}
)
DEMO_QUARTERS = MappingProxyType({"haren": "21004", "lembeek": "23027", "malmedy": "63049"})


@dataclass(frozen=True, slots=True)
class Zone:
    """A local police zone. ``key`` (``z001``) is for ever; ``code`` is the official number, known for few."""

    key: str
    code: str
    region: str
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality: NIS code, names by language, province and region (NIS codes), postal codes, zone key."""

    nis: str
    names: Mapping[str, str]
    province: str
    region: str
    postcodes: tuple[str, ...]
    zone: str


def _rows_of_csv(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _names_by_language(row: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType({language: row[f"name_{language}"] for language in OFFICIAL_LANGUAGES})


@lru_cache(maxsize=1)
def police_zones_by_key() -> Mapping[str, Zone]:
    """The 176 local police zones by key, in the order of the list."""
    rows = [
        Zone(row["zone_ref"].lower(), row["official_code"], row["region_nis"], _names_by_language(row))
        for row in _rows_of_csv("police-zones.csv")
    ]
    return MappingProxyType({zone.key: zone for zone in rows})


@lru_cache(maxsize=1)
def municipalities_by_nis() -> Mapping[str, Municipality]:
    """The 565 municipalities by NIS code."""
    zone_of = {row["nis_code"]: row["zone_ref"].lower() for row in _rows_of_csv("police-zone-municipalities.csv")}
    return MappingProxyType(
        {
            row["nis_code"]: Municipality(
                nis=row["nis_code"],
                names=_names_by_language(row),
                province=row["province_nis"],
                region=row["region_nis"],
                postcodes=tuple(row["postal_codes"].split()),
                zone=zone_of[row["nis_code"]],
            )
            for row in _rows_of_csv("municipalities.csv")
        }
    )


@lru_cache(maxsize=1)
def nis_codes_of_cities() -> frozenset[str]:
    """The NIS codes of the municipalities that bear the title of a city: ``ville``, ``stad``, ``Stadt``."""
    return frozenset(row["nis_code"] for row in _rows_of_csv("cities.csv"))


def nis_codes_of_zone(zone_search: str) -> frozenset[str]:
    """The NIS codes of the police zone with this key, official number or name; none when no zone is called so."""
    folded = fold(zone_search)
    codes = {
        zone.key
        for zone in police_zones_by_key().values()
        if zone_search.lower() == zone.key
        or (zone.code and zone_search == zone.code)
        or folded in {fold(name) for name in zone.names.values() if name}
    }
    return frozenset(nis for nis, municipality in municipalities_by_nis().items() if municipality.zone in codes)


@lru_cache(maxsize=1)
def _nis_codes_by_folded_name() -> Mapping[str, frozenset[str]]:
    by_name: dict[str, set[str]] = {}
    for nis, municipality in municipalities_by_nis().items():
        for name in filter(None, municipality.names.values()):
            by_name.setdefault(fold(name), set()).add(nis)
    return MappingProxyType({name: frozenset(codes) for name, codes in by_name.items()})


def nis_codes_of_name(name: str) -> frozenset[str]:
    """The NIS codes of the municipalities called so in any language; none for a village within one."""
    return _nis_codes_by_folded_name().get(fold(name), frozenset())


def register_file_name(nis: str) -> str:
    """The file of ``REGISTER`` that holds the addresses of a municipality of today."""
    return REGISTER_FILES[municipalities_by_nis()[nis].region]


def municipality_name(nis: str, language: str) -> str:
    """The name of a municipality for a reader of ``language`` (``rules.bilingual.municipality_name_for_reader``)."""
    return municipality_name_for_reader(nis, municipalities_by_nis()[nis].names, language)


def municipality_name_in_one_language(nis: str, language: str) -> str:
    """The name of a municipality in ``language`` alone; as its signs have it where it has none."""
    return municipalities_by_nis()[nis].names.get(language) or municipality_name(nis, language)


@lru_cache(maxsize=1)
def successor_nis_codes() -> Mapping[str, str]:
    """The municipality of today for each NIS code that ended with a merger since 2019."""
    return MappingProxyType({row["old_nis"]: row["new_nis"] for row in _rows_of_csv("mergers-2019-to-2025.csv")})


def current_nis(nis: str) -> str:
    """The code of today for ``nis``, or an empty text when no municipality has or had it."""
    nis = successor_nis_codes().get(nis, nis)
    return nis if nis in municipalities_by_nis() else ""


@lru_cache(maxsize=1)
def nis_codes_by_postcode() -> Mapping[str, tuple[str, ...]]:
    """The municipalities (NIS codes, in order) that share each postal code."""
    by_municipality: dict[str, list[str]] = {}
    for nis, municipality in sorted(municipalities_by_nis().items()):
        for postcode in municipality.postcodes:
            by_municipality.setdefault(postcode, []).append(nis)
    return MappingProxyType({postcode: tuple(codes) for postcode, codes in by_municipality.items()})


def municipality_outlines() -> dict[str, dict]:
    """The outline of each municipality as GeoJSON MultiPolygon by NIS code. For a picture, never for a decision."""
    with gzip.open(DATA / "outlines.json.gz", "rt", encoding="utf-8") as file:
        return {nis: {"type": "MultiPolygon", "coordinates": parts} for nis, parts in json.load(file).items()}


def demo_address_file(quarter: str) -> Path:
    """The register file of ``quarter``, a key of ``DEMO_QUARTERS``. Raises ``KeyError`` for any other."""
    if quarter not in DEMO_QUARTERS:
        raise KeyError(quarter)
    return DATA / "addresses" / f"{quarter}.csv.gz"
