"""The figures for a machine that watches."""

from typing import Any

import pytest
from django.test import Client

from plp.delivery import actions
from plp.toolbox import clock
from tests.factories.outbox import audience, message, people

pytestmark = pytest.mark.django_db


def ask(client: Client, token: str) -> Any:
    return client.get("/metrics", headers={"Authorization": f"Bearer {token}"})


@pytest.mark.parametrize(("token", "given"), [("", ""), ("right", ""), ("right", "wrong")])
@pytest.mark.any_database
def test_without_the_token_there_is_no_such_page(token: str, given: str, client: Client, settings: Any) -> None:
    settings.METRICS_TOKEN = token

    assert ask(client, given).status_code == 404


def test_counts_and_seconds_and_nothing_of_anybody(client: Client, settings: Any) -> None:
    settings.METRICS_TOKEN = "right"
    people(3)
    actions.enqueue_copy_for_each_person(message=message(at=clock.now()), contacts=audience(), at=clock.now())

    answer = ask(client, "right")

    text = answer.content.decode()
    assert answer["Content-Type"].startswith("text/plain; version=0.0.4")
    assert 'plp_copies{channel="email",state="queued"} 3.0' in text
    assert 'plp_supplier_up{channel="email",number="1"} 1.0' in text
    assert "plp_worker_seconds -1.0" in text
    assert "member0" not in text


def test_it_is_scraped_by_address_and_counts_its_own_question(client: Client, settings: Any) -> None:
    settings.METRICS_TOKEN = "right"
    settings.ALLOWED_HOSTS = ["plp.example.be"]
    client.get("/healthz")

    scraper = Client(headers={"host": "127.0.0.1:8000", "authorization": "Bearer right"})
    text = scraper.get("/metrics").content.decode()

    requests = [
        line for line in text.splitlines() if line.startswith('plp_requests_total{status="2xx",subject="other"}')
    ]
    assert float(requests[0].rsplit(" ", 1)[1]) >= 1.0
    assert 'plp_request_seconds_bucket{le="+Inf"}' in text
