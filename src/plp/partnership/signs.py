"""The short sign of a partnership by kind and language, for running text (R33, docs/glossary.md). Data only."""

SIGNS: dict[str, dict[str, str]] = {
    "plp": {"fr": "PLP", "nl": "BIN", "de": "LPP", "en": "PLP"},
    "plp_i": {"fr": "PLP-I", "nl": "BIN-Z", "de": "LPP", "en": "PLP-I"},
    "sectoral": {"fr": "PLP", "nl": "BIN", "de": "LPP", "en": "PLP"},
}
