"""Pages reach objects through the scope of a person, and carry no script or style of their own."""

import ast
import re
from pathlib import Path

from plp.ops.environment import PACKAGE
from tests.guards.tree import sources

MANAGERS = {"objects", "_default_manager", "_base_manager"}
INLINE = {
    "a script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")", re.IGNORECASE),
    "a style sheet": re.compile(r"<style\b", re.IGNORECASE),
    "a style": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "an event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a script in a link": re.compile(r"javascript:", re.IGNORECASE),
}

BLOCK = re.compile(r"{% block (\w+) %}(.*?){% endblock(?!t)", re.DOTALL)
LINK = re.compile(r'href="{{ (\w+) }}|\bhref=(\w+)\b')


def managers_in(folder: Path) -> list[str]:
    """Places that read a table past the scope of the person who looks."""
    return [
        f"{path.relative_to(folder)}:{node.lineno}"
        for pattern in ("**/views.py", "**/views/*.py")
        for path, tree in sources(folder, pattern)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS
    ]


def inline_in(folder: Path) -> list[str]:
    """Templates that the content-security policy would break."""
    return [
        f"{path.relative_to(folder)}: {what}"
        for path in sorted(folder.glob("**/templates/**/*.html"))
        for what, pattern in INLINE.items()
        if pattern.search(path.read_text(encoding="utf-8"))
    ]


def empty_links_in(folder: Path) -> list[str]:
    """Links to an address that another block of the template names: a block does not see it, and they lead nowhere."""
    dead = []
    for path in sorted(folder.glob("**/templates/**/*.html")):
        blocks = dict(BLOCK.findall(path.read_text(encoding="utf-8")))
        named = {block: set(re.findall(r"{% [^%]*? as (\w+) %}", words)) for block, words in blocks.items()}
        for block, words in blocks.items():
            used = {plain or tag for plain, tag in LINK.findall(words)} - named[block]
            dead += [f"{path.relative_to(folder)}: {name}" for name in sorted(used & set().union(*named.values()))]
    return dead


def unread_forms_in(folder: Path) -> list[str]:
    """Forms whose words nobody reads before others do (ADR 91): not of our kind, or with ``read_rules`` left empty."""
    classes = [
        (f"{path.relative_to(folder)}: {node.name}", node)
        for path, tree in sources(folder, "**/*.py")
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and path != folder / "shell" / "forms.py"
    ]
    return [
        name
        for name, node in classes
        if {"forms.Form", "forms.ModelForm"} & {*map(ast.unparse, node.bases)}
        or "read_rules = frozenset()" in {*map(ast.unparse, node.body)}
    ]


def test_every_form_is_read_but_for_those_that_say_why() -> None:
    """The police alone read it, the action reads it by every rule, it is an exercise, or it is sealed."""
    assert sorted(unread_forms_in(PACKAGE / "portal")) == [
        "subjects/demo/forms.py: DemoAnswerForm",
        "subjects/exercises/forms.py: MessageExerciseForm",
        "subjects/exercises/forms.py: ReportExerciseForm",
        "subjects/installations/forms.py: AcceptInvitationForm",
        "subjects/launch/idea/forms.py: IdeaDetailsForm",
        "subjects/launch/idea/forms.py: InitiatorNoteForm",
        "subjects/measures/forms.py: SayForm",
        "subjects/notices/answers/forms.py: WitnessForm",
        "subjects/notices/release/forms.py: BecauseForm",
        "subjects/notices/write/forms.py: NoticeDetailsForm",
        "subjects/notices/write/forms.py: NoticeTextForm",
        "subjects/notices/zone_texts/forms.py: _ZoneTextForm",
        "subjects/sightings/desk_forms.py: ReferSightingForm",
        "subjects/sightings/desk_forms.py: ReferralOutcomeForm",
        "subjects/sightings/forms.py: PlaceAndDayForm",
        "subjects/sightings/forms.py: SightingFactsForm",
        "subjects/sightings/questions/forms.py: AskQuestionForm",
    ]


def test_no_view_asks_a_manager() -> None:
    assert managers_in(PACKAGE / "portal" / "subjects") == []


def test_no_template_is_inline() -> None:
    assert inline_in(PACKAGE) == []


def test_no_link_leads_nowhere() -> None:
    assert empty_links_in(PACKAGE) == []


def test_bad_pages_are_found(tmp_path: Path) -> None:
    templates = tmp_path / "templates"
    templates.mkdir()
    (tmp_path / "views.py").write_text("def show(request):\n    return Notice.objects.get()\n")
    (tmp_path / "forms.py").write_text("class SayForm(forms.Form):\n    words = forms.CharField()\n")
    (templates / "bad.html").write_text('<p style="color: red" onclick="x()"><script>x()</script>\n')
    (templates / "good.html").write_text('<script src="a.js" defer></script><p class="style">\n')
    (templates / "dead.html").write_text(
        "{% block top %}{% url 'list' as up %}{% endblock %}{% block main %}{% button \"x\" href=up %}{% endblock %}\n"
    )

    assert managers_in(tmp_path) == ["views.py:2"]
    assert unread_forms_in(tmp_path) == ["forms.py: SayForm"]
    assert empty_links_in(tmp_path) == ["templates/dead.html: up"]
    assert inline_in(tmp_path) == [
        "templates/bad.html: a script",
        "templates/bad.html: a style",
        "templates/bad.html: an event handler",
    ]


def test_templates_write_moments_and_signs_as_the_standard_does() -> None:
    """A moment of a ``time`` has no millionths of a second; a ``<`` in a text of a template stands as it is written."""
    faults = []
    for template in sorted(Path(PACKAGE, "portal").rglob("*.html")):
        text = template.read_text(encoding="utf-8")
        faults += [f"{template.name}: {found}" for found in re.findall(r"date:['\"]c['\"]", text)]
        faults += [f"{template.name}: {words}" for words in re.findall(r'\{% translate "([^"]*<[^a-z/!][^"]*)"', text)]

    assert faults == []
