"""Which tools are chosen, when the environment is made, when it is left alone. Nothing is fetched."""

import os
import shutil
import signal
from pathlib import Path

import pytest

from tests.launcher.clone import Clone, make
from tests.patience import PATIENCE, eventually
from tests.workload import work_of

SYSTEM = " /usr/bin/python3 /usr/local/bin/python3"
OLD_PYTHON = "#!/bin/sh\nexit 1\n"  # holds nothing that is asked of it


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    """A clone with a pretended uv."""
    return make(tmp_path)


def without_system_python(clone: Clone) -> None:
    """Let the launcher of this clone look for Python on its PATH only."""
    script = clone.launcher.read_text()
    assert SYSTEM in script
    clone.launcher.write_text(script.replace(SYSTEM, ""))


def test_the_first_start_makes_the_environment_and_runs_the_command(clone: Clone, tmp_path: Path) -> None:
    ended = clone.start("doctor", "--json", cwd=tmp_path)

    assert ended.returncode == 0, ended.stderr
    assert ended.stdout == f"ran -P -m plp.ops.cli doctor --json in {clone.root}/var\n"
    assert len(ended.stderr.splitlines()) == 1
    assert len(clone.calls("venv")) == 1
    assert [call.split("--python")[0] for call in clone.calls("pip")] == ["pip install --quiet "] * 2


def test_the_next_start_leaves_it_alone_and_is_quick(clone: Clone) -> None:
    clone.start("doctor")
    before = clone.calls("")

    ended = clone.start("doctor")

    assert (ended.returncode, ended.stderr, clone.calls("")) == (0, "", before)
    assert min(work_of(lambda: clone.start("doctor")) for _ in range(3)) < 0.1


def test_a_start_through_a_link_finds_the_clone(clone: Clone, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(clone.launcher)
    clone.start("doctor")

    ended = Clone(link.parent, clone.bin, clone.environment).start("doctor", executable=str(link))

    assert ended.stdout == f"ran -P -m plp.ops.cli doctor in {clone.root}/var\n"


@pytest.mark.parametrize(
    ("locale", "used"), [("C", "C.UTF-8"), ("POSIX", "C.UTF-8"), ("nl_BE.UTF-8", "nl_BE.UTF-8"), ("", "")]
)
def test_a_locale_without_accents_gets_them(clone: Clone, locale: str, used: str) -> None:
    """Python 3.12 reads the place of the package by the locale, and fails at a folder such as ``données``."""
    clone.give("fake-python", '#!/bin/sh\n[ "$1" != -c ] || exit 0\necho "$LC_ALL"\n')
    clone.environment["LC_ALL"] = locale

    assert clone.start("doctor").stdout == f"{used}\n"


def test_an_own_data_folder_is_respected(clone: Clone) -> None:
    clone.environment["PLP_HOME"] = "/somewhere/else"

    assert clone.start("web").stdout == "ran -P -m plp.ops.cli web in /somewhere/else\n"


def test_tests_get_the_development_lock_too(clone: Clone) -> None:
    clone.start("doctor")
    clone.start("test")
    clone.start("test")

    locks = [call.rsplit("/", 1)[-1] for call in clone.calls("pip") if "--require-hashes" in call]
    assert locks == ["requirements.lock", "requirements-dev.lock"]


def test_a_changed_lock_is_installed_without_making_anew(clone: Clone) -> None:
    clone.start("doctor")
    with (clone.root / "requirements.lock").open("a") as lock:
        lock.write("# newer\n")

    clone.start("doctor")

    assert (len(clone.calls("venv")), len(clone.calls("pip"))) == (1, 4)


def test_a_moved_folder_is_made_anew(clone: Clone) -> None:
    clone.start("doctor")
    moved = Clone(clone.root.with_name("moved"), clone.bin, clone.environment)
    shutil.move(clone.root, moved.root)

    ended = moved.start("doctor")

    assert ended.stdout == f"ran -P -m plp.ops.cli doctor in {moved.root}/var\n"
    assert len(clone.calls("venv")) == 2


def test_an_older_python_first_on_the_path_is_passed_over(clone: Clone) -> None:
    if not Path("/usr/bin/python3").exists():
        pytest.skip("this machine has no /usr/bin/python3")
    clone.give("python3", OLD_PYTHON)

    clone.start("doctor")

    assert "--python /usr/bin/python3" in clone.calls("venv")[0]


def test_without_uv_and_venv_a_private_uv_is_made_from_pip(tmp_path: Path) -> None:
    clone = make(tmp_path, with_uv=False)
    without_system_python(clone)
    clone.give("fake-uv", FAKE_PRIVATE)
    clone.give("python3", PIP_ONLY)

    ended = clone.start("doctor")

    assert ended.stdout == f"ran -P -m plp.ops.cli doctor in {clone.root}/var\n", ended.stderr
    assert (clone.root / ".venv-tools" / "bin" / "uv").is_file()


# A Python that is new enough and has pip, but cannot make a virtual environment (Debian without python3-venv).
PIP_ONLY = """#!/bin/sh
here=$(dirname "$0")
case $* in
*ensurepip*) exit 1 ;;
-c*) echo "$here/python3" ;;
*"pip install"*--target*) for lock in "$@"; do :; done
    folder=$(dirname "$lock")/.venv-tools
    mkdir -p "$folder/bin" && cp "$here/fake-uv" "$folder/bin/uv" && cp "$here/fake-python" "$folder/bin/" ;;
esac
"""
FAKE_PRIVATE = """#!/bin/sh
[ "$1" = venv ] || exit 0
for folder in "$@"; do :; done
mkdir -p "$folder/bin" && cp "$(dirname "$0")/fake-python" "$folder/bin/python"
"""


def test_without_any_python_one_sentence_says_what_to_install(tmp_path: Path) -> None:
    clone = make(tmp_path, with_uv=False)
    without_system_python(clone)
    clone.give("python3", OLD_PYTHON)

    ended = clone.start("doctor")

    assert ended.returncode == 1
    assert ended.stderr.splitlines()[1:] == [
        "plp: plp needs Python 3.12 or newer, with venv (on Debian or Ubuntu: apt install python3 python3-venv), or uv."
    ]


def test_two_first_starts_set_up_once(clone: Clone) -> None:
    (clone.bin / "slow").write_text("0.3")

    both = [clone.begin("doctor"), clone.begin("doctor")]
    said = [start.communicate(timeout=PATIENCE) for start in both]

    assert [out for out, _ in said] == [f"ran -P -m plp.ops.cli doctor in {clone.root}/var\n"] * 2
    assert len(clone.calls("venv")) == 1


def wait_for(clone: Clone, word: str) -> None:
    """Until the pretended uv was asked for ``word``."""
    assert eventually(lambda: clone.calls(word))


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_after_an_interruption_the_next_start_begins_anew(clone: Clone, number: signal.Signals) -> None:
    (clone.bin / "slow").write_text("0.5")
    first = clone.begin("doctor")
    wait_for(clone, "pip")
    os.killpg(first.pid, number)  # a session this test began
    _, said = first.communicate(timeout=PATIENCE)
    (clone.bin / "slow").unlink()

    ended = clone.start("doctor")

    assert first.returncode == (130 if number == signal.SIGINT else -signal.SIGKILL), said
    assert (said.splitlines()[-1].endswith("the next start begins anew.")) == (number == signal.SIGINT)
    assert (ended.returncode, len(clone.calls("venv"))) == (0, 2)


def test_what_is_left_of_an_environment_that_was_being_removed_is_not_taken_for_one(clone: Clone) -> None:
    clone.start("doctor")
    (clone.root / ".venv" / "unfinished").touch()
    (clone.bin / "rm").rename(clone.bin / "real-rm")
    clone.give("rm", '#!/bin/sh\n[ -e "$2" ] || exit 0\nreal-rm -f "$2/unfinished"\nkill -KILL 0\n')
    clone.begin("doctor").communicate(timeout=PATIENCE)
    (clone.bin / "rm").unlink()
    (clone.bin / "real-rm").rename(clone.bin / "rm")

    ended = clone.start("doctor")

    assert (ended.returncode, len(clone.calls("venv"))) == (0, 2)
