"""The look of the papers of a zone: colours of our list, logos made anew, nobody else's zone."""

import io

import pytest
from PIL import Image

from plp.documents.colours import HOUSE, SCHEMES
from plp.documents.designs import Theme
from plp.launch.actions import paper_looks as acts
from plp.launch.documents.paper_design import TRADERS, paper_design_of_partnership
from plp.launch.documents.placeholder_values import gather_partnership_data
from plp.launch.models import PaperLook
from plp.mandates.queries import NotAllowed
from plp.sightings.refusals import NoPicture
from tests.factories.cast import NOW, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
BY_NOBODY = {"by": None, "at": NOW}


def picture(size: tuple[int, int] = (1200, 400)) -> bytes:
    """A PNG with a hole in it."""
    content = io.BytesIO()
    Image.new("RGBA", size, (200, 0, 0, 0)).save(content, "PNG")
    return content.getvalue()


def design(cast: Cast):
    return paper_design_of_partnership(gather_partnership_data(cast.here.partnership, at=NOW), "fr")


@pytest.mark.parametrize(("kind", "scene"), [("plp", "street"), ("plp_i", "shops"), ("sectoral", "shops")])
def test_who_works_there_sees_shops(cast, kind, scene):
    cast.here.partnership.kind = kind

    assert design(cast).theme == {"street": Theme(), "shops": TRADERS}[scene]


def test_papers_have_our_colours_and_the_names_of_the_partners(cast):
    identity = design(cast).identity

    assert identity.colours == HOUSE
    assert [partner.logo for partner in identity.partners] == [None] * len(identity.partners)
    assert identity.partners[-1].name == "Zone de police Zone Un"


def test_colours_and_logo_of_the_zone_stand_on_its_papers(cast):
    acts.set_paper_colours(zone=cast.zone, colours="wine", **BY_NOBODY)
    acts.set_paper_logo(area=cast.zone, content=picture(), **BY_NOBODY)

    identity = design(cast).identity

    assert identity.colours == SCHEMES["wine"]
    logo = Image.open(io.BytesIO(identity.partners[-1].logo))
    assert (logo.format, logo.size, logo.getpixel((9, 9))) == ("JPEG", (600, 200), (255, 255, 255))


def test_a_logo_is_taken_off_and_the_colours_stay(cast):
    acts.set_paper_colours(zone=cast.zone, colours="blue", **BY_NOBODY)
    acts.set_paper_logo(area=cast.zone, content=picture(), **BY_NOBODY)

    acts.set_paper_logo(area=cast.zone, content=b"", **BY_NOBODY)

    look = PaperLook.objects.get()
    assert (look.colours, look.logo) == ("blue", None)


def test_what_is_no_picture_is_refused_and_nothing_is_kept(cast):
    with pytest.raises(NoPicture):
        acts.set_paper_logo(area=cast.zone, content=b"<svg onload='alert(1)'/>", **BY_NOBODY)

    assert not PaperLook.objects.exists()


def test_colours_are_those_of_the_list(cast):
    assert list(PaperLook.Colours.values) == list(SCHEMES)
    with pytest.raises(ValueError, match="pink"):
        acts.set_paper_colours(zone=cast.zone, colours="pink", **BY_NOBODY)


def test_a_coordinator_may_not(cast):
    with pytest.raises(NotAllowed):
        acts.set_paper_colours(zone=cast.zone, colours="blue", by=cast.here.coordinator, at=NOW)
    with pytest.raises(NotAllowed):
        acts.set_paper_logo(area=cast.zone, content=picture(), by=cast.here.coordinator, at=NOW)
