"""What the founding text says about each step of the plan, in its own words (R94). Data only."""

from plp.charter.reasons import FOUNDING, INTERIOR, ClauseReason

SOURCES: dict[str, ClauseReason] = {
    key: ClauseReason("", FOUNDING, quote)
    for key, quote in {
        "idea": "L’idée peut émaner d’un ou plusieurs habitants ou être donnée par les autorités ou la police.",
        "consultation": "Une concertation avec les autorités locales et la police précède toujours la création d’un "
        "partenariat local de prévention.",
        "area": "Avant la création d’un PLP, on examine quelles sont les motivations et attentes des parties "
        "concernées et quels sont les objectifs formulés.",
        "informing": "le quartier dans son intégralité est informé et le soutien social du projet est vérifié",
        "evening": "Lors de la soirée d’information où tous les habitants sont invités, les points suivants sont "
        "abordés",
        "committee": "Si le coordinateur est assisté par un comité de pilotage, les efforts volontaires sont diffusés "
        "et la durabilité du projet est garantie.",
        "charter": "une charte locale est nécessaire qui consigne sur papier les accords nécessaires et les tâches "
        "des partenaires. Cette charte locale est rédigée par tous les partenaires concernés, où le comité de pilotage "
        "peut prendre l’initiative.",
        "launch": "A partir de cela, le plan de communication est appliqué et la police peut envoyer, par le biais du "
        "coordinateur, des messages préventifs aux membres PLP.",
        "evaluation": "Le coordinateur et le fonctionnaire de police mandaté suivent également le partenariat, "
        "contrôlent le fonctionnement et l’organisation du PLP et en font rapport aux autorités.",
    }.items()
} | {step: ClauseReason("", INTERIOR) for step in ("screening", "recognition")}  # from the practice


def founding_text_of_step(step: str) -> ClauseReason | None:
    """The words of the founding text for a step of the plan, or that it comes from the practice; of others nothing."""
    return SOURCES.get(step)
