"""More messages to the neighbours of each partnership with canaries: each copy is to one person, in their words."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import chain, combinations, islice, product
from typing import Any

from django.db import transaction

from plp.demo import notice_journey
from plp.demo.message_texts import with_street
from plp.demo.quarter import Quarter
from plp.demo.quarter_settings import SETTINGS
from plp.demo.year import message_texts
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.toolbox import clock
from proof.canaries.walks import HOMES

TOLD = (message_texts.BROKEN_DOOR, message_texts.GARAGES, message_texts.NOISE_AT_NIGHT, message_texts.PAST_DAYS)
MOST_AT_ONCE = 4  # streets that a message names


def write_release_and_relay_notices(seed: Mapping[str, Any], numbers: range) -> int:
    """Write, release and relay the messages of these numbers in each partnership; answer how many.

    No two numbers have the same words: each message names other streets, or tells of something else.
    """
    made = 0
    for one in seed["partnerships"]:
        quarter = quarter_of_seed(seed, one)
        streets = quarter.streets_with_most_doors()
        named = chain.from_iterable(combinations(streets, count) for count in range(1, MOST_AT_ONCE + 1))
        for several, told in islice(product(named, TOLD), numbers.start, numbers.stop):
            with transaction.atomic():
                notice_journey.write_release_and_relay_notice(
                    quarter, with_street(told, ", ".join(several)), at=clock.now()
                )
            made += 1
    return made


def quarter_of_seed(seed: Mapping[str, Any], one: Mapping[str, Any]) -> Quarter:
    """Who writes, who releases and who relays there."""
    model = next(setting for setting in SETTINGS if setting.register == one["register"])
    home = one["number"]
    zone = next(zone for zone, there in HOMES.items() if seed["partnerships"][there]["register"] == one["register"])
    found = {(who["identity"], who["plp"]): who["person"] for who in seed["identities"] if who["plp"] in {home, zone}}
    names = (("officer", zone), ("deputy officer", zone), ("coordinator", home), ("deputy", home))
    officer, second, coordinator, deputy = (Person.objects.get(pk=found[name]) for name in names)
    partnership, setting = Partnership.objects.get(key=one["key"]), replace(model, key=one["key"])
    return Quarter(setting, partnership, officer, second, coordinator, deputy, clock.now())
