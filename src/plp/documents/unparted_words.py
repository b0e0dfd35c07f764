"""Words that belong together, for a file that another program sets: a day, a postcode with its town."""

import re

MONTHS = "jan|f[ée]v|feb|mars|märz|maart|avr|apr|mai|mei|jui|jun|jul|ao|aug|sep|okt|oct|nov|d[ée]c|dez"
DAY = re.compile(rf"\b\d{{1,2}}(?:er|\.)? (?:{MONTHS})\w*(?: \d{{4}}\b)?", re.IGNORECASE)
TOWN = re.compile(r"\b[1-9]\d{3} (?=[A-ZÀ-Þ])")


def with_days_and_towns_unparted(words: str) -> str:
    """``words`` with no-break spaces within a day ("5 octobre 2022") and behind a postcode ("4960 Malmedy")."""
    for together in (DAY, TOWN):
        words = together.sub(lambda it: it[0].replace(" ", "\N{NO-BREAK SPACE}"), words)
    return words
