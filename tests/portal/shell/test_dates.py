"""Dates are written as the reader reads them."""

from datetime import datetime

import pytest
from django.utils import translation

from plp.documents.dates import date_format


@pytest.mark.parametrize(
    ("language", "hour"), [("fr", "15\xa0h\xa005"), ("nl", "15.05\xa0uur"), ("de", "15.05\xa0Uhr"), ("en", "15:05")]
)
def test_the_day_comes_before_the_month(language: str, hour: str) -> None:
    with translation.override(language):
        written = date_format(datetime(2026, 3, 4, 15, 5), "SHORT_DATETIME_FORMAT")

    assert written.replace("-", "/").replace(".", "/").lstrip("0").startswith(("4/03", "4/3"))
    assert written.endswith(f" {hour}")
