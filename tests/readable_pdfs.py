"""Whether a PDF keeps PDF/UA-1, as an independent validator reads it: what a screen reader needs."""

from collections.abc import Iterator

import page

from plp.documents import tagged_pdf

LIMITS = page.SafetyLimits(max_reference_depth=10_000)  # our own papers, some of hundreds of pages
split_pdfs = tagged_pdf._split_pdfs


def faults_of_accessibility(pdf: bytes) -> list[str]:
    """The rules of PDF/UA-1 (ISO 14289-1) that ``pdf`` breaks, in the validator's words; none for a sound one."""
    report = page.validate_pdf_bytes(pdf, profile=page.ValidationProfile.PDF_UA_1, limits=LIMITS)
    return [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


def split_and_validate(output: bytes) -> Iterator[bytes]:
    """What the typesetter made, of which no PDF passes that a screen reader could not read; some milliseconds each."""
    for made in split_pdfs(output):
        if made.startswith(b"%PDF"):
            assert faults_of_accessibility(made) == []
        yield made
