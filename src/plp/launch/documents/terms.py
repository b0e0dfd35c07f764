"""Terms that differ by kind of partnership and language (R33, docs/glossary.md). Data only."""

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

# The circular in force, named with its date (R31).
CIRCULAR: dict[str, str] = {
    "fr": "circulaire ministérielle du {day}",
    "nl": "ministeriële omzendbrief van {day}",
    "de": "ministerielles Rundschreiben vom {day}",
    "en": "ministerial circular of {day}",
}
