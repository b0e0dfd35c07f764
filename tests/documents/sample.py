"""A text with everything the subset knows, and values of every sort."""

import base64
from datetime import UTC, datetime

from plp.documents import Document, Grid, Lines, Missing, Value, compose

AT = datetime(2026, 11, 25, 9, tzinfo=UTC)
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)  # one dot
SOURCE = """\
# Lettre de {partnership}

Madame,\\
Monsieur,

**Objet : création** d’un *PLP* le {evening_date}.

## Les rues

{streets}

1. Un
   - sous-point
2. Deux

Puis :

1. Encore un

- [ ] D’accord
- [x] Coché

Nom : ____

____

> **Attention.** Appelez le 112.

| Rue | Signature |
|---|---|
| Rue du Moulin |  |

{contacts}

![qr]({link})

::: only plp_i sectoral
Pour les magasins.
:::

---

## Fin

Merci.
"""
PLACES: dict[str, Value] = {
    "partnership": "Haren",
    "evening_date": Missing("la date de la soirée"),
    "streets": Lines(["Rue A, 1-3", "Rue B"]),
    "contacts": Grid(["Partenaire", "Contact"], [["Police", "02 123 45 67"], ["Commune", "info@example.be"]]),
    "link": "https://plp.example.be/p/haren/",
}


def sample(language: str = "fr", kind: str = "plp", **places: Value) -> Document:
    """The sample, with some places changed."""
    return compose(SOURCE, PLACES | places, language=language, title="Lettre", kind=kind)
