"""The instruments of the proofs notice what they are made to notice."""

import gzip
import io
import json
import os
import random
import subprocess
import sys
import uuid
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.http import HttpResponse

from plp.ops.environment import repository_root
from proof.canaries.exposure import ExposureLog, relation_of_token_to_home
from proof.canaries.partnership_names import PartnershipNames
from proof.canaries.scanner import find_tokens_in_file_content, find_tokens_in_mail
from proof.canaries.tokens import Token
from proof.catalogue import PROOFS
from proof.harness.repeatable_seed import use_counted_ids
from proof.probes.code_mutations import apply_decorators_by_assignment, sample_in_order, write_mutants_into_modules
from proof.probes.membership_oracle import mann_whitney_p_value
from proof.probes.response_headers import header_faults
from proof.probes.stored_scripts import SCRIPTS
from proof.proofs.mutants import AREAS, AreaOfCode
from proof.report import digest_of_code, is_proved_on_this_code, join_runs
from proof.result import Size

ONE = Token(3, 123, 4)
WORDS = f"Bonjour {ONE.as_letters('x')}".encode()


def packed(content: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("a/b.xml", content)
    return made.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        WORDS,
        packed(WORDS),
        packed(packed(WORDS)),
        gzip.compress(WORDS),
        ONE.as_letters("x")[:5].encode() + b"<wbr>" + ONE.as_letters("x")[5:].encode(),
        f"/x?q={ONE.as_letters('x')}%20".encode(),
    ],
    ids=["plain", "zip", "zip in zip", "gzip", "broken by a tag", "in an address"],
)
def test_a_token_is_found_in_what_is_packed(content: bytes) -> None:
    assert find_tokens_in_file_content(content, "x") == {ONE}


@pytest.mark.parametrize("coding", ["base64", "quoted-printable"])
def test_a_token_is_found_in_a_mail(coding: str) -> None:
    mail = EmailMessage()
    mail["Subject"] = "Réunion"
    mail.set_content(f"é {WORDS.decode()}\n", cte=coding)

    assert find_tokens_in_mail(mail.as_bytes(), "x") == {ONE}


def test_what_is_not_declared_is_foreign() -> None:
    watch = ExposureLog({"canary": "x"})
    name = {path: number for number, path in watch.fields.items()}["people.Person.name"]

    watch.record_seen_tokens("coordinator", "/a/", {Token(0, 1, name), Token(2, 1, name)})

    assert list(watch.undeclared_exposures()) == [("coordinator", "elsewhere", "people.Person.name")]


def test_an_output_that_says_the_same_is_counted_once() -> None:
    watch = ExposureLog({"canary": "x"})

    for content in (b"one", b"one", b"another"):
        watch.count_output_if_new("text/html", content)

    assert watch.distinct_output_count == 2


def test_what_two_watches_scanned_is_counted_once_in_all() -> None:
    one, other = ExposureLog({"canary": "x"}), ExposureLog({"canary": "x"})
    for watch, contents in ((one, (b"one", b"both", b"both")), (other, (b"both", b"other"))):
        for content in contents:
            watch.count_output_if_new("text/html", content)
        watch.record_seen_tokens("log", "log", {Token(0, 1, 1)})
        watch.lines = 5

    one.merge_log(other)

    assert (one.distinct_output_count, one.repeated, one.lines) == (3, 2, 10)
    assert (one.distinct_outputs_by_kind, len(one.seen)) == ({"text/html": 3}, 1)


@pytest.mark.parametrize(
    ("plp", "home", "whose"),
    [(0, 0, "own"), (0, 1, "next door"), (0, 2, "elsewhere"), (91, 2, "own zone"), (91, 0, "another zone")],
)
def test_whose_a_token_is_depends_on_who_looks(plp: int, home: int, whose: str) -> None:
    assert relation_of_token_to_home(Token(plp, 1, 1), home) == whose


@pytest.mark.parametrize(
    ("url", "content", "named"),
    [
        ("/police/", "<li>Haren 1</li><li>Haren 12</li>", {1, 12}),
        ("/police/", '<a href="/coordinator/canary-1/">', {1}),
        ("/police/", "Haren 10, canary-12b, Sharen 1", set()),
        ("/charter/canary-1/", "Haren 1, Haren 12", {12}),
        ("/p/canary-1/", "Haren 1, Haren 12", set()),
    ],
    ids=["by name", "by key", "none", "beside the one asked for", "for everybody"],
)
def test_a_page_names_partnerships(url: str, content: str, named: set[int]) -> None:
    names = PartnershipNames({"canary-1": 1, "Haren 1": 1, "canary-12": 12, "Haren 12": 12})

    assert {token.plp for token in names.other_partnership_tokens(url, content.encode())} == named


def test_the_ids_of_a_seed_count_upwards_and_are_the_same_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uuid, "uuid4", uuid.uuid4)
    runs = []
    for _run in range(2):
        use_counted_ids("x")
        runs.append([uuid.uuid4() for _id in range(9)])

    assert runs[0] == runs[1] == sorted(set(runs[0]))


def test_a_difference_in_time_is_noticed_and_chance_is_not() -> None:
    dice = random.Random(1)
    one, other, later = ([dice.gauss(base, 1) for _ in range(300)] for base in (10, 10, 10.5))

    assert mann_whitney_p_value(one, other) > 0.01
    assert mann_whitney_p_value(one, later) < 0.001


def test_a_bare_answer_has_every_fault() -> None:
    bare = HttpResponse(headers={"Server": "x"})
    bare.set_cookie("tracker", "1")

    assert {"X-Frame-Options", "Content-Security-Policy", "Cache-Control", "Server tells", "cookie tracker"} <= set(
        header_faults(bare, is_known=True)
    )
    assert len(SCRIPTS) == len(set(SCRIPTS))


@pytest.mark.parametrize(
    ("before", "after", "is_taken"),
    [
        ({}, {"size": "floor"}, True),
        ({"size": "floor"}, {"size": "floor"}, True),
        ({"size": "full"}, {"size": "floor"}, False),
        ({"size": "full"}, {"size": "full"}, True),
        ({"size": "full"}, {"size": "floor", "holds": False}, True),
        ({"size": "full", "version": "0.1"}, {"size": "floor"}, True),
    ],
)
def test_a_shorter_run_hides_no_full_one_of_this_version_unless_it_fails(
    before: dict[str, object], after: dict[str, object], is_taken: bool
) -> None:
    usual = {"version": "0.2", "holds": True}
    kept = {"kills (SQLite)": usual | before} if before else {}
    shown = join_runs(kept, {"kills (SQLite)": usual | after})["kills (SQLite)"]
    assert (shown == usual | after) is is_taken
    assert is_taken or shown == usual | before | {"again": usual | after}


@pytest.mark.parametrize(
    ("kept", "is_held"),
    [
        ({}, True),
        ({"size": "full"}, True),
        ({"size": "quick"}, False),
        ({"seed": 2}, False),
        ({"holds": False}, False),
        ({"code": "other"}, False),
        ({"code": "other", "size": "full", "again": {"size": "floor", "seed": 1, "holds": True, "code": "this"}}, True),
        (None, False),
    ],
)
def test_a_run_goes_on_where_nothing_held_on_this_code(kept: dict[str, object] | None, is_held: bool) -> None:
    usual = {"size": "floor", "seed": 1, "holds": True, "code": "this"}
    run = None if kept is None else usual | kept

    assert is_proved_on_this_code(run, code="this", size=Size.FLOOR, seed=1) is is_held


def test_the_code_is_told_apart_by_any_letter_and_not_by_what_is_made_of_it(tmp_path: Path) -> None:
    for name in ("src/plp/one.py", "proof/two.py", "tests/three.py", "docs/page.md", "requirements.lock"):
        tmp_path.joinpath(name).parent.mkdir(parents=True, exist_ok=True)
        tmp_path.joinpath(name).write_text(name)
    first = digest_of_code(tmp_path)

    tmp_path.joinpath("docs/page.md").write_text("another")
    tmp_path.joinpath("src/plp/__pycache__").mkdir()
    tmp_path.joinpath("src/plp/__pycache__/one.pyc").write_text("made")
    same = digest_of_code(tmp_path)
    changed = []
    for name in ("src/plp/one.py", "proof/two.py", "tests/three.py", "requirements.lock"):
        tmp_path.joinpath(name).write_text("another")
        changed.append(digest_of_code(tmp_path))

    assert same == first
    assert len({first, *changed}) == 1 + len(changed)


def test_each_proof_can_be_started_with_nothing_set_up() -> None:
    words = "; ".join(f"import proof.proofs.{proof.key}" for proof in PROOFS)

    ended = subprocess.run(
        [sys.executable, "-c", words], cwd=repository_root(), env={}, capture_output=True, check=False
    )

    assert ended.returncode == 0, ended.stderr.decode()[-500:]


def test_a_changed_line_is_noticed_by_the_test_that_holds_it_and_only_so(tmp_path: Path) -> None:
    sums = ("def held(x):", "    return x + 1", "", "", "def ran(x):", "    return x + 1", "")
    tests = ("from plp.sums import held, ran", "", "", "def test_it():", "    assert held(1) == 2", "    ran(1)", "")
    wrong = ("", "def test_that_fails_anyway():", "    assert ran(1) == 3", "")
    files = {"src/plp/__init__.py": (), "src/plp/sums.py": sums, "tests/test_sums.py": (*tests, *wrong)}
    for name, lines in files.items():
        tmp_path.joinpath(name).parent.mkdir(parents=True, exist_ok=True)
        tmp_path.joinpath(name).write_text("\n".join(lines), encoding="utf-8")
    asked = tmp_path / "changes.json"
    asked.write_text(
        json.dumps({"modules": ["sums.py"], "tests": [""], "marks": "", "most": 100, "seed": 1}), encoding="utf-8"
    )
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": f"{tmp_path / 'src'}{os.pathsep}{repository_root()}"}

    said = subprocess.run(
        [sys.executable, "-P", "-m", "proof.probes.code_mutations", str(asked)],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )

    answer = json.loads(asked.with_suffix(".answer").read_text(encoding="utf-8"))
    assert answer["tried"] == 4
    assert answer["survived"] == ["plp.sums.x_ran__mutmut_1", "plp.sums.x_ran__mutmut_2"]
    assert "left out, it fails unchanged: tests/test_sums.py::test_that_fails_anyway" in said.stderr


DECORATED = """
@first
@second(1)
def act(*, by):
    return by


class Thing:
    @property
    def name(self):
        return 1

    @staticmethod
    def plain():
        return 2
"""


def test_what_is_decorated_is_changed_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = apply_decorators_by_assignment(DECORATED)

    assert "def act(*, by):\n    return by\nact = second(1)(act)\nact = first(act)\n" in made
    assert "        return 1\n    name = property(name)\n" in made
    assert "    @staticmethod\n" in made
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "src" / "plp" / "thing.py"
    file.parent.mkdir(parents=True)
    file.write_text(DECORATED, encoding="utf-8")
    assert write_mutants_into_modules(["thing.py"]) == [
        "plp.thing.xǁThingǁname__mutmut_1",
        "plp.thing.xǁThingǁplain__mutmut_1",
    ]


def test_a_sample_is_the_same_for_its_seed_and_in_order() -> None:
    names = [f"{number:03}" for number in range(200)]

    chosen = sample_in_order(names, 20, 7)

    assert (chosen, len(chosen)) == (sorted(chosen), 20)
    assert chosen == sample_in_order(names, 20, 7) != sample_in_order(names, 20, 8)
    assert sample_in_order(names, 200, 7) == names


def test_the_areas_hold_each_module_of_their_rooms_once() -> None:
    files = [file for area in AREAS for file in area.source_files()]
    rooms = ("journal", "notices", "delivery", "people", "mandates", "membership/lists")

    package = repository_root() / "src" / "plp"
    there = {str(file.relative_to(package)) for room in rooms for file in (package / room).rglob("*.py")}
    assert len(files) == len(set(files))
    assert {file for file in there - set(files) if "migrations" not in file and "apps.py" not in file} == set()


@pytest.mark.parametrize(("module", "tests"), [("gone", "people"), ("people", "portal/gone")])
def test_an_area_that_leads_nowhere_is_refused(module: str, tests: str) -> None:
    with pytest.raises(ValueError, match=r"area x names what is not there: .*gone"):
        AreaOfCode("x", (module,), (tests,)).source_files()
