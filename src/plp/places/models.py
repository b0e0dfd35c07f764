"""Where things are: areas, streets, addresses, and what a quarter covers."""

import re
from typing import ClassVar, Self

from django.db import models
from django.utils.translation import get_language

from plp.places.rules import Selector
from plp.places.rules.bilingual import language_order, municipality_name_for_reader
from plp.toolbox.ids import new_random_id

JOINED_WORD = re.compile(r"\.(?=(?:en|et|und|de) )")  # of a register: ``J.en C. Colruytstraat``


def _all_names_text(place: "Area | Street") -> str:
    names = (getattr(place, f"name_{language}") for language in language_order(place.nis))
    return " / ".join(dict.fromkeys(name for name in names if name))


def nis_in_path(path: str) -> str:
    """The NIS code of the municipality in which the area at ``path`` lies, or empty for what is larger."""
    return next((part[1:] for part in path.split("/") if part[:1] == "m" and part[1:].isdecimal()), "")


def name_in_language(language: str | None, fr: str | None, nl: str | None, de: str | None, *, nis: str = "") -> str:
    """The name of something in ``language`` (``None``: that of the page), else the first one it has, in the order of
    the region of ``nis``; empty without any.
    """
    names = {"fr": fr, "nl": nl, "de": de}
    wanted = get_language() or "fr" if language is None else language
    return next((names[code] or "" for code in (wanted, *language_order(nis)) if names.get(code)), "")


class AreaQuerySet(models.QuerySet["Area"]):
    """Filters on the tree of areas: one comparison of beginnings each."""

    def inside(self, path: str) -> Self:
        """The area at ``path`` and everything in it."""
        return self.filter(path__startswith=path)

    def containing(self, path: str) -> Self:
        """The area at ``path`` and everything that contains it, the country first."""
        parts = path.rstrip("/").split("/")
        return self.filter(path__in=["/".join(parts[: end + 1]) + "/" for end in range(len(parts))]).order_by("path")

    def standing_quarters(self) -> Self:
        """Quarters that still stand: one that was merged into another is history."""
        return self.filter(kind=Area.Kind.QUARTER, merged_into=None)


class Area(models.Model):
    """A country, police zone, municipality or quarter, at a path that ends with its separator.

    ``path`` reads ``be/z118/m21004/q-haren/``: isolation between areas is one comparison of beginnings, and the
    last separator keeps zone 1 from containing zone 10 (docs/design.md). A quarter over two municipalities has
    the zone as parent. ``boundary`` is what was drawn and decides; ``outline`` is a rough picture and decides nothing.
    """

    class Kind(models.TextChoices):
        COUNTRY = "country"
        ZONE = "zone"
        MUNICIPALITY = "municipality"
        QUARTER = "quarter"

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    kind = models.CharField(max_length=20, choices=Kind)
    path = models.CharField(max_length=200, unique=True)
    name_fr = models.CharField(max_length=200, blank=True)
    name_nl = models.CharField(max_length=200, blank=True)
    name_de = models.CharField(max_length=200, blank=True)
    nis = models.CharField(max_length=5, blank=True, db_index=True)
    boundary = models.JSONField(null=True, blank=True)  # GeoJSON Polygon or MultiPolygon, WGS84
    outline = models.JSONField(null=True, blank=True)  # GeoJSON MultiPolygon, WGS84, for a picture only
    drawn_at = models.DateTimeField(null=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged")

    objects: ClassVar[models.Manager["Area"]] = AreaQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(path__endswith="/"), name="places_path_ends_with_separator"),
        ]

    def name(self, language: str | None = None) -> str:
        """The name in ``language`` (without one: that of the page), else the one that the signs of the place show."""
        return name_in_language(language, self.name_fr, self.name_nl, self.name_de, nis=nis_in_path(self.path))

    def bilingual_name(self, language: str) -> str:
        """The name on pages: of a bilingual municipality both, in the order of its region. Papers take ``name``."""
        if self.kind != self.Kind.MUNICIPALITY:
            return self.name(language)
        return municipality_name_for_reader(
            self.nis, {"fr": self.name_fr, "nl": self.name_nl, "de": self.name_de}, language
        )

    @property
    def names(self) -> str:
        """Every name once, in the order of the region."""
        return _all_names_text(self)

    @property
    def parent_path(self) -> str:
        """The path of the area around this one; empty for the country."""
        return self.path.rstrip("/").rpartition("/")[0] + "/" if self.path.count("/") > 1 else ""


class EmergencyNumbers(models.Model):
    """The numbers to phone in an area, a police zone or a municipality, where they are not those of the country (R124).

    ``desk`` is the station for what is not urgent: language to number, for some zones answer each language elsewhere.
    """

    area = models.OneToOneField(Area, on_delete=models.CASCADE, primary_key=True, related_name="emergency_numbers")
    police = models.CharField(max_length=4)
    help = models.CharField(max_length=4)
    desk = models.JSONField(default=dict)
    at = models.DateTimeField()


class Street(models.Model):
    """One street, however many languages name it. ``register_id`` is that of BeST Address, where known.

    ``postcode`` is the first one seen: a long street may have addresses under another. ``folded`` holds the names
    without accents and capitals, parted by ``|``, for search.
    """

    nis = models.CharField(max_length=5)
    postcode = models.CharField(max_length=4, blank=True, db_index=True)
    register_id = models.CharField(max_length=100)
    name_fr = models.CharField(max_length=200, blank=True)
    name_nl = models.CharField(max_length=200, blank=True)
    name_de = models.CharField(max_length=200, blank=True)
    folded = models.CharField(max_length=640, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["nis", "register_id"], name="places_street_once")]

    def name(self, language: str | None = None) -> str:
        """The name in ``language`` (without one: that of the page), else the first one this street has."""
        return JOINED_WORD.sub(". ", name_in_language(language, self.name_fr, self.name_nl, self.name_de))

    @property
    def names(self) -> str:
        """Every name once, in the order of the region, as on its plates: ``Rue Haute / Hoogstraat``."""
        return JOINED_WORD.sub(". ", _all_names_text(self))


class Address(models.Model):
    """A house number, with or without box and point, of the public register.

    ``register_id`` is the identity: the register holds doors that share street, number and box. ``sort_key`` puts
    2 before 2A before 10. ``status`` is the register's own word (current, proposed, reserved, retired).
    """

    street = models.ForeignKey(Street, on_delete=models.CASCADE, related_name="addresses")
    register_id = models.CharField(max_length=200, unique=True)
    number = models.CharField(max_length=20)
    box = models.CharField(max_length=20, blank=True)
    sort_key = models.CharField(max_length=60, blank=True)
    postcode = models.CharField(max_length=4, blank=True)
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)
    sector = models.CharField(max_length=12, blank=True)
    status = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(longitude=None, latitude=None)
                | models.Q(longitude__range=(2.4, 6.5), latitude__range=(49.4, 51.6)),
                name="places_point_in_belgium_or_none",
            ),
        ]


class Coverage(models.Model):
    """One selector of a quarter: a street, or a part of it by side, number range and box range.

    Bounds are inclusive and empty when open; an upper bound without letter takes its letters in (10 covers 10B).
    ``excluded`` makes it an exception to the others and to the boundary (R4).
    """

    class Side(models.TextChoices):
        ALL = "all"
        ODD = "odd"
        EVEN = "even"

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="coverage")
    street = models.ForeignKey(Street, on_delete=models.PROTECT, related_name="coverage")
    side = models.CharField(max_length=4, choices=Side, default=Side.ALL)
    first = models.CharField(max_length=20, blank=True)
    last = models.CharField(max_length=20, blank=True)
    box_first = models.CharField(max_length=20, blank=True)
    box_last = models.CharField(max_length=20, blank=True)
    excluded = models.BooleanField(default=False)

    @property
    def selector(self) -> Selector:
        """The same as a value, to decide with."""
        return Selector(self.side, self.first, self.last, self.box_first, self.box_last, self.excluded)


class CoveredAddress(models.Model):
    """What selectors and boundary come to: an address of a quarter. Renewed by each drawing and each import."""

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="covered")
    address = models.ForeignKey(Address, on_delete=models.CASCADE, related_name="covered_by")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "address"], name="places_covered_once")]
