"""What is too large is refused before it is read."""

import pytest
from django.test import Client

from plp.portal.shell.request_size import MOST_BYTES

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("announced", "status"), [(MOST_BYTES + 1, 413), (10**30, 413)])
def test_a_body_that_is_too_large_gets_a_page(client: Client, announced: int, status: int) -> None:
    answer = client.generic(
        "POST", "/report/", b"when=earlier", "multipart/form-data; boundary=x", CONTENT_LENGTH=str(announced)
    )

    assert answer.status_code == status
    assert "This is too large" in answer.content.decode()


@pytest.mark.parametrize("announced", ["12", "", "-1", "many"])
def test_others_pass(client: Client, announced: str) -> None:
    answer = client.generic(
        "POST", "/report/", b"when=earlier", "application/x-www-form-urlencoded", CONTENT_LENGTH=announced
    )

    assert answer.status_code in {200, 302}
