"""Who signs in to the whole country, and what they open: pages of every role that its table of access lets it read."""

import re
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore

from bench.country import cookie
from plp.mandates.grants import Role
from plp.membership.models import Membership
from plp.places.models import Area
from plp.portal.shell.sessions import MEMBER
from plp.toolbox import clock
from proof.probes.access_table import AccessRow, identity_names_of_table, read_access_rows
from tests.factories.cast import Cast, hold, member, person

PAPER = re.compile(r"\.\w+$|<\w+:form>|/all/|^/api/|^/account/|^/demo/|^/healthz|^/readyz|^/metrics")
PLACE = re.compile(r"<\w+:(\w+)>")
ANONYMOUS = "anonymous"


def pages(cast: Cast) -> dict[str, Any]:
    """Of each role its cookie and the addresses of its pages."""
    return {role: {"cookie": words, "paths": paths_of(role, cast)} for role, words in cookies(cast).items()}


def cookies(cast: Cast) -> dict[str, str]:
    """Who signs in for each role: people of the first partnership, its zone, or the country."""
    country, here = Area.objects.get(path="be/"), cast.here
    municipality = Area.objects.get(path=here.area.parent_path)
    appointed = {
        "committee": (Role.COMMITTEE, here.area),
        "supervisor": (Role.SUPERVISOR, cast.zone),
        "municipality": (Role.MUNICIPALITY, municipality),
        "federal": (Role.FEDERAL, country),
        "administrator": (Role.ADMINISTRATOR, country),
    }
    people = {"coordinator": here.coordinator, "officer": cast.officer, "chief": cast.chief}
    for name, (role, area) in appointed.items():
        people[name] = member(here.partnership, "Lou Elders") if name == "committee" else person("Lou Elders")
        hold(people[name], role, area)
    return {ANONYMOUS: "", "member": member_cookie(cast)} | {name: cookie(one) for name, one in people.items()}


def member_cookie(cast: Cast) -> str:
    """The session of a member who came in by a code."""
    membership = Membership.objects.filter(partnership=cast.here.partnership, person__contacts__isnull=False).first()
    assert membership
    contact = membership.person.contacts.get()
    now = clock.now().timestamp()
    session = SessionStore()
    session[MEMBER] = {"contact": contact.pk.hex, "began": now, "seen": now}
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.LANGUAGE_COOKIE_NAME}=fr"


def paths_of(role: str, cast: Cast) -> list[str]:
    """The addresses that this role may read and anonymous visitors may not (of theirs: what they may)."""
    column, nobody = identity_names_of_table().index(role), identity_names_of_table().index(ANONYMOUS)
    return [
        path
        for route, row in sorted(read_access_rows().items())
        if (path := address(route, row, cast))
        and letter(row, column) == "A"
        and (role == ANONYMOUS or letter(row, nobody) != "A")
    ]


def letter(row: AccessRow, column: int) -> str:
    """What the table says of an identity and what is its own."""
    return row.cells["GET"].get("own", "")[column : column + 1]


def address(route: str, row: AccessRow, cast: Cast) -> str:
    """The address of a page of the first partnership or its zone; empty for files and what asks for more."""
    values = {"partnership": cast.here.partnership.key, "zone": str(cast.zone.pk)}
    if PAPER.search(route) or not set(row.ids.values()) <= values.keys():
        return ""
    return PLACE.sub(lambda place: values[row.ids[place[1]]], route)
