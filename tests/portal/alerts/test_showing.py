"""Where an alert of ours holds: the shape of the quarter and the code of its municipality, as far as they are known."""

import pytest

from plp.alerts.cap import parse_alert
from plp.places.models import Area
from tests.alerts.test_publishing import get, published
from tests.factories.cast import Cast
from tests.portal.signing import stop_clock

pytestmark = pytest.mark.django_db
SHAPE = {"type": "Polygon", "coordinates": [[[4.41, 50.89], [4.42, 50.89], [4.42, 50.9], [4.41, 50.89]]]}


@pytest.mark.parametrize(
    ("changes", "rings", "codes"),
    [
        ({"boundary": SHAPE, "outline": None}, 1, (("NIS", "21004"),)),
        ({"boundary": {"type": "MultiPolygon", "coordinates": [SHAPE["coordinates"]] * 2}}, 2, (("NIS", "21004"),)),
        ({"boundary": None, "outline": None}, 0, (("NIS", "21004"),)),
        ({"boundary": None, "outline": None, "path": "be/z1/q-haren/"}, 0, ()),
    ],
)
def test_an_alert_says_where_as_far_as_it_is_known(
    monkeypatch: pytest.MonkeyPatch, changes: dict[str, object], rings: int, codes: tuple[tuple[str, str], ...]
) -> None:
    stop_clock(monkeypatch)
    cast = Cast()
    notice = published(cast)
    Area.objects.filter(pk=cast.here.area.pk).update(**changes)

    (place,) = parse_alert(get("single", notice.pk)).infos[0].places

    assert (len(place.polygons), place.codes) == (rings, codes)
