"""Why a clause stands in a charter, in plain words, with the words of the source (R94). Data only.

The founding text is quoted as it stands, in French: a translation of ours would not be its words.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

SUMMARY = _("Why this?")
FOUNDING = _("Founding text of FPS Interior, “Comment mettre en place un PLP”.")
INTERIOR = _("FPS Interior, besafe.be: what a recognised partnership must keep to.")
GDPR = _("General Data Protection Regulation (GDPR), articles 5, 7, 13 and 26 to 28.")
OUR_PROPOSAL = _("Our proposal, from charters that are in force. You may word it otherwise.")


@dataclass(frozen=True)
class ClauseReason:
    """``why`` in a sentence or two, where it comes from, and the words of the source if it is the founding text."""

    why: Any
    source: Any
    quote: str = ""
    summary: Any = SUMMARY


def _reason_with_founding_quote(why: Any, quote: str) -> ClauseReason:
    return ClauseReason(why, FOUNDING, quote)


AREA = _reason_with_founding_quote(
    _("The boundary says who may join, and to whom a message goes. Nobody inside it may be left out."),
    "La participation au PLP est ouverte à tous les habitants qui résident dans un certain quartier.",
)
LAW = _reason_with_founding_quote(
    _("These laws bind every member. They are listed here so that nobody can say they did not know."),
    "La loi sur les milices privées et la loi sur la vie privée doivent être respectées par tout citoyen.",
)
COORDINATOR = _reason_with_founding_quote(
    _("The tasks are written down, so that nobody asks more of a volunteer."),
    "Le coordinateur agit en qualité de transmetteur de l’information, de point de contact et de dirigeant du projet.",
)
MEMBERS = _reason_with_founding_quote(
    _("Members must know what is asked of them, and what is forbidden and dangerous."),
    "Le citoyen lui-même ne va pas patrouiller lui-même, se rendre chez des auteurs, agir au nom de la police ou "
    "rechercher des auteurs. C’est le principe de base d’un PLP.",
)
MONEY = _reason_with_founding_quote(
    _("Somebody pays for letters and SMS. It is settled before the first bill comes."),
    "Dans la charte, on trouve, outre les coordonnées et un plan de financement, un plan de communication.",
)
PRIVACY = ClauseReason(_("Somebody is answerable for the list of members. The law asks who, and what for."), GDPR)
MEASURES = ClauseReason(
    _("Everybody must know beforehand what follows when a rule is broken, and how to appeal."), INTERIOR
)
CHANGES = ClauseReason(
    _("When a contact or the plan changes, the partners and FPS Interior must hear of it in time."), INTERIOR
)
COMMUNICATION = _reason_with_founding_quote(
    _("A quick message needs agreements made beforehand: who writes, who passes on, to whom, by which means."),
    "L’échange rapide et efficace d’information entre tous les acteurs concernés demande en effet une bonne "
    "organisation.",
)

REASONS: dict[str, ClauseReason] = {
    "object": _reason_with_founding_quote(
        _("One sentence says what the partnership is for, so that nobody expects something else."),
        "Un Partenariat Local de Prévention (PLP) doit permettre de renforcer la sécurité et la qualité de vie au sein "
        "d'un quartier.",
    ),
    "law": LAW,
    "partners": _reason_with_founding_quote(
        _("Whoever signs must know who the others are, and how to reach them."),
        "La mise en place d'un PLP suit un certain nombre d'étapes bien définies, avec un certain nombre de "
        "partenaires fixes.",
    ),
    "area": AREA,
    "objectives": _reason_with_founding_quote(
        _("Without objectives nobody can say after a year whether it was worth it."),
        "Avant la création d’un PLP, on examine quelles sont les motivations et attentes des parties concernées et "
        "quels sont les objectifs formulés.",
    ),
    "coordinator": COORDINATOR,
    "officer": _reason_with_founding_quote(
        _("The coordinator must know what the police promise, and the police what the coordinator does."),
        "La collaboration entre le coordinateur et le fonctionnaire de police mandaté se déroule selon les "
        "dispositions de la charte.",
    ),
    "municipality": _reason_with_founding_quote(
        _("The mayor signs, and may pay or lend a room. Both are written down."),
        "Une concertation avec les autorités locales et la police précède toujours la création d’un partenariat "
        "local de prévention.",
    ),
    "members": MEMBERS,
    "communication": COMMUNICATION,
    "financing": MONEY,
    "privacy": PRIVACY,
    "evaluation": _reason_with_founding_quote(
        _("Coordinator and officer look back together, and report to the authorities."),
        "Le coordinateur et le fonctionnaire de police mandaté suivent également le partenariat, contrôlent le "
        "fonctionnement et l’organisation du PLP et en font rapport aux autorités.",
    ),
    "measures": MEASURES,
    "amendment": CHANGES,
    "duration": ClauseReason(_("An agreement says when it ends and how one leaves it."), OUR_PROPOSAL),
    "rules-what": _reason_with_founding_quote(
        _("A new member reads these rules first. They must say what a partnership is."),
        "transmettre de l’information sur ce qu’est un PLP et ce qu’il ne l’est pas",
    ),
    "rules-not": MEMBERS,
    "rules-joining": AREA,
    "rules-members": _reason_with_founding_quote(
        _("The partnership works only if members read the messages and follow the advice."),
        "Le PLP ne pourra fonctionner de manière efficace que si les membres PLP sont attentifs et alertes dès la "
        "réception d’un message, appliquent des conseils préventifs, vérifient et contrôlent les systèmes de "
        "sécurisation",
    ),
    "rules-law": LAW,
    "rules-privacy": PRIVACY,
    "rules-coordinator": COORDINATOR,
    "rules-messages": _reason_with_founding_quote(
        _("The police write, the coordinator passes on. So members know that a message is genuine."),
        "la police peut envoyer, par le biais du coordinateur, des messages préventifs aux membres PLP",
    ),
    "rules-money": MONEY,
    "rules-measures": MEASURES,
    "rules-leaving": ClauseReason(_("Leaving must be as easy as joining. The law says so."), GDPR),
    "rules-changes": CHANGES,
}
