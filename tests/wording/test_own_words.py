"""The messages of the demonstration are honest: the check lets every one of them pass."""

import pytest

from plp.demo import message_texts
from plp.demo.year import message_texts as texts_of_the_year
from plp.wording import check

TOLD = {
    name: told
    for name, told in (vars(message_texts) | vars(texts_of_the_year)).items()
    if isinstance(told, message_texts.DemoMessage)
}
CASES = [(name, language) for name, told in TOLD.items() for language in told.texts]


@pytest.mark.parametrize(("name", "language"), CASES, ids=[f"{name}-{language}" for name, language in CASES])
def test_the_story_of_the_demonstration_passes(name: str, language: str) -> None:
    """A neutral description, work clothes and meters are nothing to hold."""
    told = message_texts.with_street(TOLD[name], "Chemin-Rue")

    report = check.check("\n".join(told.texts[language]), language=language, kind=told.kind)

    assert [finding.rule for finding in report.findings] == []
