"""A quarter with three streets, and lists of invented people who live there."""

from datetime import date

from plp.membership import list_drafts
from plp.membership.list_drafts import ConsentProof
from plp.membership.models import ListImport
from plp.places.models import Coverage, Street
from tests.factories.cast import NOW, Cast

PROOF = ConsentProof("Bulletin d’adhésion signé", date(2025, 3, 1), "Classeur bleu, maison de quartier")
HEADER = "Nom;Rue;N°;GSM;Courriel;Langue\n"
LIST = (
    HEADER + "Ada Exemple;Rue de Verdun;12;0475 12 34 56;ada@x.test;fr\n"
    "Bea Voorbeeld;Verdunstraat;12;;bea@x.test;nl\n"
    "Carl Muster;rue du biplan;3;02 555 12 12;;de\n"
)


def streets(cast: Cast) -> None:
    """Two streets that the quarter covers: one whole, one up to number 50."""
    for place, (french, dutch, last) in enumerate((("Rue de Verdun", "Verdunstraat", ""), ("Rue du Biplan", "", "50"))):
        names = [name for name in (french, dutch) if name]
        folded = "|".join(name.lower() for name in names)
        street = Street.objects.create(
            nis="21004", postcode="1130", register_id=f"s{place}", name_fr=french, name_nl=dutch, folded=folded
        )
        Coverage.objects.create(area=cast.here.area, street=street, first="1" if place else "", last=last)


def drafted(cast: Cast, content: str | bytes = LIST) -> ListImport:
    """A draft of the coordinator."""
    content = content.encode() if isinstance(content, str) else content
    return list_drafts.create_list_draft_from_file(
        partnership=cast.here.partnership, content=content, proof=PROOF, by=cast.here.coordinator, at=NOW
    )
