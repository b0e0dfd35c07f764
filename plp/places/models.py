"""Where things are: areas, streets, addresses, and what a quarter covers."""

from django.db import models

from plp.toolbox.ids import new_id


class Area(models.Model):
    """A country, police zone, municipality or quarter, at a path that ends with its separator.

    ``path`` reads ``be/z118/m21004/q-haren/``: isolation between areas is one comparison of beginnings, and the
    last separator keeps zone 1 from containing zone 10 (design, section 3). A quarter over two municipalities has
    the zone as parent.
    """

    class Kind(models.TextChoices):
        COUNTRY = "country"
        ZONE = "zone"
        MUNICIPALITY = "municipality"
        QUARTER = "quarter"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=20, choices=Kind)
    path = models.CharField(max_length=200, unique=True)
    name_fr = models.CharField(max_length=200, blank=True)
    name_nl = models.CharField(max_length=200, blank=True)
    name_de = models.CharField(max_length=200, blank=True)
    nis = models.CharField(max_length=5, blank=True, db_index=True)
    boundary = models.JSONField(null=True, blank=True)  # GeoJSON polygon, WGS84

    def name(self, language: str) -> str:
        """The name in ``language``, else the first one this area has (a commune has no English name)."""
        own = getattr(self, f"name_{language}", "")
        return own or self.name_fr or self.name_nl or self.name_de


class Street(models.Model):
    """One street, however many languages name it. ``register_id`` is that of BeST Address, where known."""

    nis = models.CharField(max_length=5)
    postcode = models.CharField(max_length=4, blank=True)
    register_id = models.CharField(max_length=100)
    name_fr = models.CharField(max_length=200, blank=True)
    name_nl = models.CharField(max_length=200, blank=True)
    name_de = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["nis", "register_id"], name="places_street_once")]

    def name(self, language: str) -> str:
        """The name in ``language``, else the first one this street has."""
        return getattr(self, f"name_{language}", "") or self.name_fr or self.name_nl or self.name_de


class Address(models.Model):
    """A house number, with or without box and point, of the public register."""

    street = models.ForeignKey(Street, on_delete=models.CASCADE, related_name="addresses")
    register_id = models.CharField(max_length=100)
    number = models.CharField(max_length=20)
    box = models.CharField(max_length=20, blank=True)
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)
    sector = models.CharField(max_length=12, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["street", "number", "box"], name="places_address_once")]
