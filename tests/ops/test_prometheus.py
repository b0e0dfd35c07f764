"""What is scraped, the rules and the dashboard: held by Prometheus' own tool."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from plp.metrics import recorder

FOLDER = Path(__file__).parents[2] / "deploy" / "prometheus"
DASHBOARD = json.loads((FOLDER / "grafana-dashboard.json").read_text(encoding="utf-8"))
pytestmark = [pytest.mark.promtool, pytest.mark.any_database]


def ask(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    """Run promtool."""
    return subprocess.run(["promtool", *arguments], input=given, capture_output=True, text=True, check=False)


def expressions() -> list[str]:
    """Every question of the dashboard."""
    return [target["expr"] for panel in DASHBOARD["panels"] for target in panel["targets"]]


@pytest.fixture
def scraped(client: Client, settings: Any) -> str:
    """What the page gives, once something was counted of each kind."""
    settings.METRICS_TOKEN = "right"
    recorder.increment_counter("plp_sends", "email", "accepted")
    recorder.increment_counter("plp_receipts", "email", "delivered")
    client.get("/healthz")
    return client.get("/metrics", headers={"Authorization": "Bearer right"}).content.decode()


@pytest.mark.django_db
def test_what_is_scraped_is_in_order(scraped: str) -> None:
    checked = ask("check", "metrics", given=scraped)

    assert (checked.returncode, checked.stdout, checked.stderr) == (0, "", "")


@pytest.mark.parametrize("arguments", [("check", "rules", "plp.rules.yml"), ("test", "rules", "plp.rules.test.yml")])
def test_the_rules_hold(arguments: tuple[str, ...]) -> None:
    *words, name = arguments

    assert ask(*words, str(FOLDER / name)).returncode == 0


def test_each_question_of_the_dashboard_can_be_asked(tmp_path: Path) -> None:
    rules = [{"record": f"plp:panel_{number}", "expr": expr} for number, expr in enumerate(expressions())]
    file = tmp_path / "rules.json"  # YAML takes JSON
    file.write_text(json.dumps({"groups": [{"name": "panels", "rules": rules}]}), encoding="utf-8")

    assert ask("check", "rules", str(file)).stdout.count(f"{len(rules)} rules found") == 1


@pytest.mark.django_db
def test_rules_and_dashboard_name_only_what_is_scraped(scraped: str) -> None:
    known = {line.split()[2] for line in scraped.splitlines() if line.startswith("# TYPE")}
    known |= {f"{name}_bucket" for name in known}
    asked = "\n".join([(FOLDER / "plp.rules.yml").read_text(encoding="utf-8"), *expressions()])

    assert set(re.findall(r"\bplp_[a-z_]+", asked)) <= known


def test_the_panels_do_not_lie_over_each_other() -> None:
    taken = [
        (place["x"] + right, place["y"] + down)
        for place in (panel["gridPos"] for panel in DASHBOARD["panels"])
        for right in range(place["w"])
        for down in range(place["h"])
    ]

    assert len(taken) == len(set(taken))
    assert max(x for x, _y in taken) < 24
