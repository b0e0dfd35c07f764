"""How a partnership looks on paper: its name, its partners and their logos, two colours, drawings (docs/adr/0047)."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from plp.documents.colours import EMERGENCY, HOUSE, Colours
from plp.documents.illustrations import illustration
from plp.documents.tagged_pdf import PICTURE

TEMPLATE = Path(__file__).with_name("identity.typ")


@dataclass(frozen=True)
class Partner:
    """A partner as papers name it; ``logo`` is a PNG or JPEG that the sandbox has read, ``None`` shows the name."""

    name: str
    logo: bytes | None = None


@dataclass(frozen=True)
class Identity:
    """A partnership as its papers show it, in one language: ``kind`` says in words what it is."""

    name: str
    kind: str
    partners: Sequence[Partner] = ()
    colours: Colours = HOUSE


def letterhead_logos(identity: Identity | None, logo: bytes | None) -> tuple[Partner, ...]:
    """The logos at the head of letters and of slides, in the active language: the installer's, then the partners'."""
    own = [] if logo is None else [Partner(_("Logo of the partnership"), logo)]
    return (*own, *(partner for partner in (identity.partners if identity else ()) if partner.logo is not None))


def identity_content(identity: Identity, *, drawings: Sequence[str] = ()) -> dict[str, Any]:
    """What ``identity.typ`` needs as ``data.content.identity``, with the ``drawings`` (names) that a paper shows."""
    colours = identity.colours
    return {
        "name": identity.name,
        "kind": identity.kind,
        "partners": [
            {"name": partner.name, "logo": None if partner.logo is None else list(partner.logo)}
            for partner in identity.partners
        ],
        "main": colours.main,
        "accent": colours.accent,
        "light": colours.light,
        "middle": colours.middle,
        "emergency": EMERGENCY,
        "houses": {PICTURE: illustration("logo", colours)},
        "drawings": {name: {PICTURE: illustration(name, colours)} for name in drawings},
    }
