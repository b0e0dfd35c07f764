"""A code such as T14, F17, G8 or R92 is a link: its row stands in ``docs/``, and what the row names exists."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from plp.ops.environment import PACKAGE
from proof.catalogue import PROOFS
from proof.goals import GOALS
from tests.guards.tree import ROOT, tracked

DOCS = ROOT / "docs"
PAGES = {"T": "threats.md", "F": "faults.md", "G": "figures.md", "R": "requirements.md", "O": "threats.md"}
CODE = re.compile(r"\b([TFGR])([1-9]\d{0,2})(?![\w.])")
BRACKETED_ORACLE = re.compile(r"\((O\d)[,)]")
SERIES = re.compile(r"\b([TFGR])(\d+)(?:-| to |–)(?:[TFGR])?(\d+)\b")  # T15-T18, T4 to T7, R71–R74
LINK = re.compile(r"(?<![\w./])docs/([\w./-]+\.md)(?:#([\w-]+))?")
ANCHOR = re.compile(r'<a id="([\w-]+)"></a>')
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
READ = {".py", ".md", ".html", ".toml", ".js", ".css", ".sh"}
# Files that hold letters and numbers of another kind: dossiers, roads, cells, paper, rules of a linter.
OTHER_LETTERS = ("tests/wording/", "tests/samples/", "src/plp/wording/ideas/", "docs/asvs.md", "pyproject.toml")
NOT_A_CODE = re.compile(r"noqa|%F0%|ruff|F1000|Level L")
# Texts that this house does not hold, by the names that they once had here.
ELSEWHERE = re.compile(r"\b(design|trust|domain)(\.md\b|,? section \d|,? ?§| \d\.\d)|§ ?\d\.\d|\[[A-Z]\d+\]")


def anchors(text: str) -> set[str]:
    """What a link may point at in a page: named anchors and headings."""
    slugs = {re.sub(r"[^\w -]", "", heading.lower()).strip().replace(" ", "-") for heading in HEADING.findall(text)}
    return slugs.union(ANCHOR.findall(text))


def codes(text: str) -> Iterator[str]:
    """The codes that a text names, with those in between where it names a series."""
    for line in text.splitlines():
        if not NOT_A_CODE.search(line):
            yield from (letter + number for letter, number in CODE.findall(line))
            yield from BRACKETED_ORACLE.findall(line)
            for letter, first, last in SERIES.findall(line):
                yield from (f"{letter}{number}" for number in range(int(first), int(last) + 1))


def sources(paths: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """The files in which codes are codes, by name, with their text."""
    for path in paths:
        name = path.relative_to(ROOT).as_posix()
        if path.suffix in READ and not name.startswith(OTHER_LETTERS) and not {"vendor", "fonts"} & set(path.parts):
            yield name, path.read_text(encoding="utf-8")


def page(name: str) -> str:
    """One page of the docs."""
    return (DOCS / name).read_text(encoding="utf-8")


def test_every_code_has_its_row() -> None:
    rows = {letter: anchors(page(name)) for letter, name in PAGES.items()}
    missing = [
        f"{name}: {code}"
        for name, text in sources(tracked())
        for code in sorted(set(codes(text)))
        if code.lower() not in rows[code[0]]
    ]

    assert missing == []


def test_what_the_source_names_in_docs_is_there() -> None:
    missing = [
        f"{name}: docs/{target}#{anchor}"
        for name, text in sources(tracked())
        if not name.startswith(("docs/", "tests/guards/", "tests/proof/"))
        for target, anchor in LINK.findall(text)
        if not (DOCS / target).is_file() or (anchor and anchor not in anchors(page(target)))
    ]

    assert missing == []


def test_nothing_is_cited_that_the_repository_does_not_hold() -> None:
    named = [
        f"{name}: {hit[0]}"
        for name, text in sources(tracked())
        if name.startswith(("src/", "proof/", "bench/", "tests/")) and name != "tests/guards/test_codes.py"
        for hit in ELSEWHERE.finditer(text.replace("docs/design.md", "").replace("(design.md#", ""))
        if name.endswith((".py", ".js", ".css"))
    ]

    assert named == []


def test_threats_and_faults_name_rooms_and_proofs_that_exist() -> None:
    keys = {proof.key for proof in PROOFS}
    rows = [
        line for name in ("threats.md", "faults.md") for line in page(name).splitlines() if line.startswith("| <a id")
    ]
    named = {name for row in rows for cell in row.split(" | ")[3:] for name in re.findall(r"`([^`]+)`", cell)}

    assert len(rows) > 80
    assert {name for name in named if name not in keys and not (PACKAGE / name).is_dir()} == set()


def test_each_proof_stands_beside_what_it_answers() -> None:
    rows = {
        code: line for name in set(PAGES.values()) for line in page(name).splitlines() for code in ANCHOR.findall(line)
    }
    missing = [
        f"{code}: {proof.key}"
        for proof in PROOFS
        for code in proof.answers
        if f"`{proof.key}`" not in rows.get(code.lower(), "")
    ]

    assert missing == []


def test_the_figures_are_those_of_the_proofs() -> None:
    cells = {row.split(" | ")[0].rpartition(">")[2]: row for row in page("figures.md").splitlines() if "<a id" in row}

    assert set(cells) == set(GOALS)
    assert [key for key, words in GOALS.items() if f"| {' | '.join(words)} |" not in cells[key]] == []


def test_codes_are_read() -> None:
    assert set(codes("It holds (T4, T6 to T8; R71–R73).\nF1.004567 and x = 1  # noqa: T201")) == {
        "T4",
        *("T6", "T7", "T8"),
        *("R71", "R72", "R73"),
    }
    assert anchors('## The browser, ours\n| <a id="t1"></a>T1 |') == {"the-browser-ours", "t1"}
    assert ELSEWHERE.search("see design, section 3") is not None
