"""All that the served demonstration shows, built once: foundings, a year of life, and what waits today."""

import random
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from plp.ops.cli import say
from plp.ops.demo.history import live, offer_ideas, settle_past
from plp.ops.demo.looked_back import look_back
from plp.ops.demo.quarters import SETTINGS, UNDER_WAY, Setting
from plp.ops.demo.stage import Stage, Stages, identities_as_json, note_standing
from plp.ops.demo.told import tell
from plp.ops.demo.year import live_a_year
from plp.ops.demo.year.exchanges import register


def build(*, at: datetime) -> list[dict[str, str]]:
    """Build everything as it stands at ``at``; answer every sign-in."""
    chance = random.Random("plp")  # noqa: S311 - invented people, the same each time
    builder = Stages(at=at, chance=chance, step=lambda _name, act: act())
    stages: list[Stage] = []
    for setting in SETTINGS:
        name = setting.names[setting.languages[0]]
        _timed(f"Building {name} with {setting.members} invented members", partial(_add, stages, builder, setting))
    _timed("Letting a year go by", lambda: live_a_year(stages, at=at))
    for stage in stages:
        live(stage, at=at)
    builder.begin(UNDER_WAY)
    for zone in {one.setting.register for one in stages}:
        register([one for one in stages if one.setting.register == zone], stages[0].launched + timedelta(days=30))
    for stage in stages:
        note_standing(stage.partnership, stage.launched + timedelta(days=36))
    offer_ideas(stages, at=at)
    tell(stages, at=at)
    _timed("Looking back on the year", lambda: look_back(stages))
    settle_past(at=at - timedelta(hours=12))
    return identities_as_json(stages)


def _add(stages: list[Stage], builder: Stages, setting: Setting) -> None:
    stages.append(builder.build(setting))


def _timed(words: str, act: Callable[[], object]) -> None:
    """Say what is done, do it, and say how long it took."""
    began = time.monotonic()
    act()
    say(f"plp: {words}: {time.monotonic() - began:.1f} s")
