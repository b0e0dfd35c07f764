"""How the circular in force is named (R31, R33, docs/glossary.md). Data only."""

# The circular in force, named with its date (R31).
CIRCULAR: dict[str, str] = {
    "fr": "circulaire ministérielle du {day}",
    "nl": "ministeriële omzendbrief van {day}",
    "de": "ministerielles Rundschreiben vom {day}",
    "en": "ministerial circular of {day}",
}
