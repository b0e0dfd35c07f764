"""Catalogues: the translations of short texts, one file a language in ``plp/locale`` (ADR 44)."""
