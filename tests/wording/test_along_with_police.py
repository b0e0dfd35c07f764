"""What the police do passes; what residents do along with them is a call to patrol, in whatever order it is said."""

import pytest

from plp.wording.check import check

HELD = [
    ("en", "Police patrols the area, and we walk the rounds together"),
    ("en", "We accompany the police on their rounds."),
    ("en", "The police patrol at night. We walk along."),
    ("en", "While the police patrol by car, we patrol on foot."),
    ("en", "Our officers patrol and we join in."),
    ("en", "The officers come by car, and we neighbours go with them on foot two evenings a week."),
    ("en", "Police and residents patrol side by side."),
    ("fr", "Avec l'accord de la police, nous patrouillons dans le village."),
    ("nl", "Met toestemming van de politie patrouilleren we door het dorp."),
    ("de", "Die Polizei führt die Streife an, Freiwillige folgen mit dem Rad."),
    ("fr", "La police patrouille la nuit et nous marchons avec elle."),
    ("fr", "Nous accompagnons la police dans ses rondes."),
    ("fr", "Vous pouvez participer à la ronde nocturne de la police."),
    ("fr", "La police patrouille davantage et nous aussi."),
    ("nl", "De politie patrouilleert en wij lopen 's nachts mee."),
    ("nl", "Wij lopen samen met de politie de ronde."),
    ("nl", "De politie patrouilleert; wij bewoners doen mee."),
    ("nl", "De politie doet de grote straten, wij de steegjes."),
    ("de", "Die Polizei patrouilliert und wir gehen nachts mit."),
    ("de", "Wir begleiten die Polizei auf ihren Rundgängen."),
    ("de", "Die Polizei patrouilliert; wir Anwohner machen mit."),
    ("de", "Während die Polizei mit dem Auto Streife fährt, gehen wir zu Fuß Streife."),
]
PASSES = [
    ("en", "The police patrol at night. We do not walk along with them."),
    ("en", "The police patrol and we stay at home."),
    ("en", "Together with the federal police we carry out extra patrols around the station."),
    ("de", "Die Polizei fährt diese Woche öfter Streife, und wir schließen unsere Türen gut ab."),
    ("de", "Die Anwohner dankten den Beamten für ihre Runden."),
    ("fr", "La police patrouille la nuit. Nous ne marchons pas avec elle."),
    ("fr", "Samedi, l'inspecteur de quartier fait le tour du parc avec nous pour repérer les lampes cassées."),
    ("nl", "De politie patrouilleert 's nachts. Wij lopen niet mee."),
    ("nl", "Zaterdag wandelt de wijkagent met ons door de buurt om te kijken waar verlichting ontbreekt."),
    ("de", "Die Polizei patrouilliert nachts. Wir gehen nicht mit."),
    ("de", "Am Samstag geht der Revierbeamte mit uns durch das Viertel und hört sich Ihre Ideen zur Beleuchtung an."),
]


@pytest.mark.parametrize(("language", "text"), HELD)
def test_rounds_along_with_the_police_are_held(language: str, text: str) -> None:
    report = check(text, language=language, kind="infoflash", two_readers=True)

    assert ("patrol_call", "hold") in {(finding.rule, finding.severity) for finding in report.findings}


@pytest.mark.parametrize(("language", "text"), PASSES)
def test_rounds_of_the_police_and_refusals_pass(language: str, text: str) -> None:
    assert check(text, language=language, kind="infoflash", two_readers=True).verdict == "ok"
