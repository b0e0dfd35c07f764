"""Recognition, launch, and the first message through the hands of officer, second officer and coordinator."""

from plp.delivery.models import MessageText
from plp.launch.queries.progress import step_plan_progress_of_partnership
from plp.membership.models import Membership
from plp.notices.models import Notice
from plp.toolbox import clock
from tests.browser.founding.scene import Scene

ADVICE = {
    "fr": ("Fermez bien la porte", "Fermez la porte à clé, aussi quand vous êtes au jardin."),
    "nl": ("Sluit de deur goed", "Doe de deur op slot, ook als u in de tuin bent."),
    "de": ("Tür gut schließen", "Schließen Sie die Tür ab, auch wenn Sie im Garten sind."),
}


def recognise(scene: Scene) -> None:
    """The file is looked at, sent, validated a month later; the letters are recorded."""
    phone, here = scene.phone("officer"), scene.at_home("launch", "recognition/")
    phone.go(here)
    assert phone.paper(f"{here}file.pdf").startswith(b"%PDF")
    phone.press("main a[href$='/send/']")
    phone.send(sent_on=scene.today)
    scene.later(days=30)
    phone = scene.phone("officer")
    phone.go(here)
    phone.press("main a[href$='/validated/']")
    phone.send(validated_on=scene.today, reference="DGSP/1", mayor_on=scene.today, chief_on=scene.today)


def launch(scene: Scene) -> None:
    """The officer launches it and notes the word in the municipal paper."""
    phone = scene.phone("officer")
    phone.go(scene.at_home("launch", ""))
    phone.press("main a[href$='/opening/']")
    phone.send()
    phone.go(scene.at_home("launch", "publicity/"))
    phone.send(medium="bulletin", title="Info", published_on=scene.today, proof="4, p. 2")
    scene.visitor("visitor").go(f"/p/{scene.setting.key}/")
    assert scene.partnership.state == "active"


def relay(scene: Scene) -> None:
    """The coordinator lets the neighbours in; police write and release, the coordinator passes it on."""
    coordinator = scene.phone("coordinator")
    coordinator.go("/coordinator/members/waiting/")
    while coordinator.page.locator("form[action$='/accept/']").count():
        coordinator.send("form[action$='/accept/'] button")
    assert not Membership.objects.exclude(state="active").exists()
    phone = scene.phone("officer")
    phone.go("/police/new/")
    phone.send("main details:has([name=kind]) button", partnership=None, kind="advice", reason="prevention")
    for language in scene.setting.languages:
        title, core = ADVICE[language]
        phone.give(**{f"{language}__title": title, f"{language}__core": core})
    phone.send("button[name=go_on]", keeps_secrecy=True)
    phone.send()
    notice = Notice.objects.get()
    second = scene.phone("second")
    second.go(f"/police/{notice.pk}/release/")
    second.send("form:has(input[name=text_hash]) button")
    coordinator.go("/coordinator/")
    coordinator.press(f"main a[href*='{notice.pk}']")
    coordinator.send()
    notice.refresh_from_db()
    assert notice.state == "relayed"
    assert MessageText.objects.filter(message=notice.relay.message).exists()


def arrive(scene: Scene) -> None:
    """The plan has nothing left but the evaluation, and the page says so."""
    phone = scene.phone("officer")
    phone.go(scene.at_home("launch", ""))
    now = step_plan_progress_of_partnership(scene.partnership, at=clock.now())
    assert [state.step.key for state in now.open_steps] == ["evaluation"]
