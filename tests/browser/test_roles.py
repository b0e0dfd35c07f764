"""Every role does its work on an old telephone: 320 pixels, no JavaScript, in the languages of the country."""

from datetime import timedelta

import pytest

from plp.delivery.models import MessageText
from plp.demo.message_texts import ALARM
from plp.mandates.grants import Role
from plp.mandates.models import Absence
from plp.notices.models import Notice
from plp.people.models import Person, Preference
from plp.toolbox import clock
from tests.browser.conftest import Opened
from tests.browser.walking import Telephone
from tests.factories.cast import Cast, contact, hold, member, person
from tests.portal.membership.self_service.test_members import code_of

pytestmark = [pytest.mark.browser, pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", ["fr", "nl", "de"])
def test_a_message_goes_its_whole_way_through_the_hands_of_every_role(open_page: Opened, language: str) -> None:
    """Officer, second officer, coordinator, deputy, supervisor, chief and member: each does their part."""
    cast = Cast()
    supervisor = person("Sam Muster")
    hold(supervisor, Role.SUPERVISOR, cast.zone)
    staff = [cast.officer, cast.second_officer, cast.chief, supervisor, cast.here.coordinator, cast.here.deputy]
    Person.objects.filter(pk__in=[one.pk for one in staff]).update(language=language)
    neighbour = member(cast.here.partnership, "Nora Exemple", language)
    contact(neighbour, "email", "nora@plp.test")
    contact(member(cast.here.partnership, "Per Voorbeeld", "nl"), "calls", "+3222150123")
    phones: list[Telephone] = []

    def telephone(someone: Person | None = None) -> Telephone:
        phones.append(Telephone(open_page(script=False, language=language), language))
        if someone:
            someone.refresh_from_db()
            phones[-1].enter(someone)
        return phones[-1]

    _writes(telephone(cast.officer))
    notice = Notice.objects.get()
    _releases(telephone(cast.second_officer), notice)
    _relays(telephone(cast.here.coordinator), notice)
    _stands_in(telephone(cast.here.deputy), cast, notice)
    _oversees(telephone(supervisor))
    _oversees(telephone(cast.chief))
    _reads(telephone(), neighbour)

    notice.refresh_from_db()
    assert notice.state == "relayed"
    assert MessageText.objects.filter(channel="email", message=notice.relay.message).exists()
    assert [phone.poor for phone in phones] == [[]] * len(phones)


def _writes(phone: Telephone) -> None:
    """The officer writes an alarm in both languages of the quarter, keeps it, and offers it for release."""
    phone.go("/police/new/")
    phone.give(partnership=None, kind="alarm", reason="threat")
    phone.press("main details:has([name=kind]) button")
    for language in ("fr", "nl"):
        for name, words in zip(("title", "core", "more"), ALARM.texts[language], strict=True):
            phone.give(**{f"{language}-{name}": words})
    until = clock.local(clock.now()) + timedelta(hours=2)
    phone.give(expires_at=until.strftime("%Y-%m-%dT%H:%M"), keeps_secrecy=True)
    phone.press("button[name=go_on]")
    phone.press("main form button")
    phone.go("/police/")


def _releases(phone: Telephone, notice: Notice) -> None:
    """The second person reads every copy and lets it go: the sign-in of a moment ago is the fresh proof."""
    phone.go("/")
    phone.go("/police/")
    phone.go(f"/police/{notice.pk}/release/")
    phone.press("form:has(input[name=text_hash]) button")
    notice.refresh_from_db()
    assert notice.state == "released"


def _relays(phone: Telephone, notice: Notice) -> None:
    """The coordinator reads, relays, sees how it fares and opens the call list; then leaves for a week."""
    phone.go("/coordinator/")
    phone.press(f"main a[href*='{notice.pk}']")
    phone.press("main form button")
    phone.go(f"/coordinator/messages/{notice.pk}/progress/")
    phone.go(f"/coordinator/messages/{notice.pk}/calls/")
    phone.go("/coordinator/members/")
    phone.go("/coordinator/absence/")
    today = clock.local(clock.now()).date()
    phone.give(starts_on=today, ends_on=today + timedelta(days=7), deputy=None)
    phone.press("main form button")
    assert Absence.objects.count() == 1


def _stands_in(phone: Telephone, cast: Cast, notice: Notice) -> None:
    """The deputy holds the coordinator's tasks while the absence lasts."""
    Absence.objects.update(starts_at=clock.now() - timedelta(minutes=1))
    phone.go("/")
    phone.go("/coordinator/")
    phone.go(f"/coordinator/messages/{notice.pk}/progress/")
    phone.go("/coordinator/members/")
    assert cast.here.area.name_fr in phone.page.content()


def _oversees(phone: Telephone) -> None:
    """Supervisor and chief see counts and what waits for a release, and no name of a member."""
    phone.go("/")
    phone.go("/police/")
    phone.go("/zone/")
    assert "Haren" in phone.page.content()
    assert "Nora Exemple" not in phone.page.content()


def _reads(phone: Telephone, neighbour: Person) -> None:
    """A member needs no account: a code to their own mail opens messages and settings; they pause for a week."""
    page = phone.page
    phone.go("/m/")
    phone.give(address="nora@plp.test")
    phone.press("main form button")
    phone.give(code=code_of())
    phone.press("main form button")
    assert page.locator("details.letter").count() == 1
    phone.go("/m/settings/")
    until = clock.local(clock.now()).date() + timedelta(days=7)
    phone.press("main a[href$='/pause/']")
    page.locator("main input[name=until]").fill(until.isoformat())
    phone.press("main form button")
    assert Preference.objects.get(person=neighbour).paused_until.startswith(until.isoformat()[:4])
    phone.go("/m/leave/" + str(neighbour.memberships.get().pk) + "/")
