"""More messages to the neighbours of each partnership with canaries: each copy is to one person, in their words."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import islice, product
from typing import Any

from django.db import transaction

from plp.ops.demo import journey
from plp.ops.demo.quarters import SETTINGS
from plp.ops.demo.stage import Stage
from plp.ops.demo.story import placed
from plp.ops.demo.year import words
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.toolbox import clock
from proof.stand.rounds import HOMES

TOLD = (words.BROKEN_DOOR, words.GARAGES, words.NOISE_AT_NIGHT, words.PAST_DAYS)


def relay(seed: Mapping[str, Any], most: int) -> int:
    """Write, release and relay so many messages in each partnership, no two with the same words; answer how many."""
    made = 0
    for one in seed["partnerships"]:
        stage = _stage(seed, one)
        for street, told in islice(product(stage.streets(), TOLD), most):
            with transaction.atomic():
                journey.whole(stage, placed(told, street), at=clock.now())
            made += 1
    return made


def _stage(seed: Mapping[str, Any], one: Mapping[str, Any]) -> Stage:
    """Who writes, who releases and who relays there."""
    model = next(setting for setting in SETTINGS if setting.register == one["register"])
    home = one["number"]
    zone = next(zone for zone, there in HOMES.items() if seed["partnerships"][there]["register"] == one["register"])
    found = {(who["identity"], who["plp"]): who["person"] for who in seed["identities"] if who["plp"] in {home, zone}}
    names = (("officer", zone), ("deputy officer", zone), ("coordinator", home), ("deputy", home))
    officer, second, coordinator, deputy = (Person.objects.get(pk=found[name]) for name in names)
    partnership, setting = Partnership.objects.get(key=one["key"]), replace(model, key=one["key"])
    return Stage(setting, partnership, officer, second, coordinator, deputy, clock.now())
