"""Small registers and quarters for the tests of this room: invented streets in real municipalities."""

import io
from collections.abc import Iterable
from datetime import UTC, datetime

from plp.places import actions
from plp.places.models import Address, Area, Street
from plp.places.register.report import ImportReport
from plp.places.rules import Selector, fold, house_sort_key

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
HEADER = "address_id,street_id,street_fr,street_nl,house_number,box_number,postcode,nis_code,lon,lat,status"
GOOD = "BA/1/1,BS/7/1,Rue du Chêne,Eikstraat,12,b003,1130,21004,4.41,50.89,current"
SECOND = "BA/2/1,BS/7/1,Rue du Chêne,Eikstraat,14,,1130,21004,4.42,50.89,current"


def read(*rows: str, header: str = HEADER, nis: str = "", skip_bad: bool = False) -> ImportReport:
    """Import lines of text as a file."""
    return read_bytes("\n".join([header, *rows, ""]).encode(), nis=nis, skip_bad=skip_bad)


def read_bytes(content: bytes, *, nis: str = "", skip_bad: bool = False) -> ImportReport:
    """Import a file of ``content``."""
    return actions.import_address_register(source=io.BytesIO(content), nis=nis, skip_bad=skip_bad, by=None, at=AT)


def street(name: str = "Rue du Chêne", *, nis: str = "21004", postcode: str = "1130", **names: str) -> Street:
    """A street with ``name`` in French."""
    folded = "|".join(fold(one) for one in (name, *names.values()))
    return Street.objects.create(
        nis=nis, postcode=postcode, register_id=f"T/{name}", name_fr=name, folded=folded, **names
    )


def doors(of: Street, *numbers: str, points: Iterable[tuple[float, float]] = ()) -> list[Address]:
    """Addresses of a street, ``12`` or ``12 b003``, with points for as many as are given."""
    located = iter(points)
    made = []
    for written in numbers:
        number, _space, box = written.partition(" ")
        x, y = next(located, (None, None))
        made.append(
            Address(
                street=of,
                register_id=f"{of.pk}/{written}",
                number=number,
                box=box,
                sort_key=house_sort_key(number, box),
                postcode=of.postcode,
                longitude=x,
                latitude=y,
            )
        )
    return Address.objects.bulk_create(made)


def municipality(nis: str = "21004", zone: str = "z099") -> Area:
    """A municipality and its zone, without the rest of the country."""
    zones = Area.objects.get_or_create(path=f"be/{zone}/", defaults={"kind": Area.Kind.ZONE, "name_fr": "Zone"})
    return Area.objects.get_or_create(
        path=f"{zones[0].path}m{nis}/", defaults={"kind": Area.Kind.MUNICIPALITY, "name_fr": "Ville", "nis": nis}
    )[0]


def quarter(key: str = "chene", *, parent: Area | None = None) -> Area:
    """A quarter of Brussels, not drawn yet."""
    return actions.create_quarter(parent=parent or municipality(), key=key, names={"fr": "Quartier"}, by=None, at=AT)


def whole(of: Street, **selector: object) -> actions.StreetPart:
    """A part of a street: all of it unless ``selector`` says less."""
    return actions.StreetPart(of, Selector(**selector))


def written(addresses: Iterable[Address]) -> list[str]:
    """Numbers and boxes, for comparison."""
    return [f"{address.number} {address.box}".strip() for address in addresses]
