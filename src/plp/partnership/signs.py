"""The sign and the full name of a partnership by kind and language (R33, docs/glossary.md)."""

SIGNS: dict[str, dict[str, str]] = {
    "plp": {"fr": "PLP", "nl": "BIN", "de": "LPP", "en": "PLP"},
    "plp_i": {"fr": "PLP-I", "nl": "BIN-Z", "de": "LPP", "en": "PLP-I"},
    "sectoral": {"fr": "PLP", "nl": "BIN", "de": "LPP", "en": "PLP"},
}

# The full name, for titles and lines that stand alone.
NAMES: dict[str, dict[str, str]] = {
    "plp": {
        "fr": "Partenariat local de prévention",
        "nl": "Buurtinformatienetwerk",
        "de": "Lokale Präventionspartnerschaft",
        "en": "Local prevention partnership",
    },
    "plp_i": {
        "fr": "Partenariat local de prévention pour indépendants",
        "nl": "Buurtinformatienetwerk voor zelfstandige ondernemers",
        "de": "Lokale Präventionspartnerschaft für Selbstständige",
        "en": "Local prevention partnership for the self-employed",
    },
    "sectoral": {
        "fr": "Partenariat local de prévention sectoriel",
        "nl": "Sectoraal buurtinformatienetwerk",
        "de": "Sektorielle lokale Präventionspartnerschaft",
        "en": "Sectoral local prevention partnership",
    },
}


def kind_names_within_sentence(kind: str) -> dict[str, str]:
    """The full name by language as a sentence has it: with a small letter at its beginning."""
    return {language: name[:1].lower() + name[1:] for language, name in NAMES[kind].items()}


def sign_and_name(kind: str, name: str, language: str) -> str:
    """``PLP Malmedy``: sign and name, for the head of a paper; the sign once where the name has it.

    A name alone is mostly that of a town, which then seems to write itself.
    """
    sign = SIGNS[kind][language]
    return name if name.casefold().startswith(f"{sign} ".casefold()) else f"{sign} {name}"
