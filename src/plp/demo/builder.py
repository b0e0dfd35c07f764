"""All that the served demonstration shows, built once: foundings, a year of life, and what waits today."""

import random
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from plp.demo.first_evaluation import evaluate_first_year
from plp.demo.quarter import Quarter, QuarterBuilder, identities_as_json, record_plan_progress
from plp.demo.quarter_settings import SETTINGS, UNDER_WAY
from plp.demo.recent_weeks import add_recent_weeks, file_open_ideas, settle_old_copies
from plp.demo.rota_firms_and_objective import add_rota_firms_and_objective
from plp.demo.sightings_and_questions import add_sightings_and_questions
from plp.demo.year import play_year
from plp.demo.year.followup import register_service_and_zone_policy
from plp.ops.cli import say


def build_demonstration(*, at: datetime) -> list[dict[str, str]]:
    """Build everything as it stands at ``at``; answer every sign-in."""
    chance = random.Random("plp")  # noqa: S311 - invented people, the same each time
    builder = QuarterBuilder(at=at, chance=chance, step=lambda _name, act: act())
    quarters: list[Quarter] = []
    for setting in SETTINGS:
        name = setting.names[setting.languages[0]]
        words = f"Building {name} with {setting.members} invented members"
        quarters.append(_run_and_say_duration(words, partial(builder.build, setting)))
    _run_and_say_duration("Letting a year go by", lambda: play_year(quarters, at=at))
    for quarter in quarters:
        add_recent_weeks(quarter, at=at)
    builder.build_unfinished(UNDER_WAY)
    for zone in {quarter_of_zone.setting.register for quarter_of_zone in quarters}:
        register_service_and_zone_policy(
            [quarter_of_zone for quarter_of_zone in quarters if quarter_of_zone.setting.register == zone],
            quarters[0].launched + timedelta(days=30),
        )
    for quarter in quarters:
        record_plan_progress(quarter.partnership, quarter.launched + timedelta(days=36))
    file_open_ideas(quarters, at=at)
    add_sightings_and_questions(quarters, at=at)
    _run_and_say_duration("Looking back on the year", lambda: evaluate_first_year(quarters))
    add_rota_firms_and_objective(quarters, at=at)
    settle_old_copies(at=at - timedelta(hours=12))
    return identities_as_json(quarters)


def _run_and_say_duration[Built](words: str, act: Callable[[], Built]) -> Built:
    """Say what is done, do it, and say how long it took."""
    began = time.monotonic()
    built = act()
    say(f"plp: {words}: {time.monotonic() - began:.1f} s")
    return built
