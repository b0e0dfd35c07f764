"""From one release to the next and back: in which order, and what is left when something fails."""

import argparse
import os
from pathlib import Path

import pytest

from plp.ops.cli import Failed
from plp.ops.commands import upgrade
from plp.ops.release import exchange, services
from plp.ops.release.folders import ReleaseFolders, release_folders_of_installation
from tests.ops.release.installation import SYSTEMCTL, UNIT, archive_of, give, install

pytestmark = pytest.mark.any_database

RESTART = "systemctl try-restart plp-web plp-worker plp-watch"
EXCHANGE = [
    "systemctl is-active --quiet plp-web",
    "systemctl start plp-web-bridge",
    RESTART,
    "systemctl --no-warn stop plp-web-bridge",
]


@pytest.fixture
def calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What was asked of releases and of systemd, a line each; ``FAILS`` names what does not work."""
    monkeypatch.setenv("CALLS", str(tmp_path / "calls"))
    monkeypatch.setenv("FAILS", "")
    monkeypatch.setenv("PATH", give(tmp_path / "bin", "systemctl", SYSTEMCTL))
    monkeypatch.setenv("PLP_HOME", str(tmp_path))
    monkeypatch.setattr(services, "UNITS", tmp_path / "units")
    (tmp_path / "calls").touch()
    return tmp_path / "calls"


@pytest.fixture
def house(tmp_path: Path) -> ReleaseFolders:
    """An installation of which 0.3.0 runs; 0.2.0 ran before."""
    return install(tmp_path / "opt", "0.2.0", "0.3.0")


def running(house: ReleaseFolders) -> list[str]:
    """The release that runs, and the one before."""
    return [target.name for link in ("current", "previous") if (target := house.release_behind(link))]


def test_an_upgrade_and_the_way_back(
    house: ReleaseFolders,
    calls: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(upgrade, "repository_root", lambda: house.releases / "0.3.0")
    monkeypatch.setenv("PLP_BACKUP_FOLDER", "/backups")
    monkeypatch.setenv("PLP_BACKUP_RECIPIENT", "age1")

    there = upgrade.run(argparse.Namespace(archive=archive_of(tmp_path / "new", "0.4.0"), back=False))
    then = running(house)
    again = upgrade.run(argparse.Namespace(archive=None, back=True))

    assert (there, again) == (0, 0)
    assert calls.read_text().splitlines() == [
        "0.4.0 help",
        "0.3.0 backup /backups/before-0.4.0.age",
        "0.4.0 migrate",
        *EXCHANGE,
        "0.3.0 migrate --check",
        *EXCHANGE,
    ]
    assert then == ["0.4.0", "0.3.0"]
    assert running(house) == ["0.3.0", "0.4.0"]
    assert sorted(path.name for path in house.releases.iterdir()) == ["0.3.0", "0.4.0"]
    assert "0.2.0 is gone; 0.3.0 stays for plp upgrade --back." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("version", "told", "sentence"),
    [
        ("0.3.0", {}, "0.3.0 runs here, and the archive holds 0.3.0"),
        ("0.2.9", {}, "to go back, type plp upgrade --back"),
        ("0.5.0", {"oldest": "0.4.0"}, r"0\.5\.0 follows 0\.4\.0 and newer, and 0\.3\.0 runs here: upgrade to 0\.4\.0"),
        ("0.5.0", {"sums": False}, "SHA256SUMS is missing"),
    ],
)
def test_what_is_no_step_forward_is_refused(
    house: ReleaseFolders, calls: Path, tmp_path: Path, version: str, told: dict, sentence: str
) -> None:
    with pytest.raises(Failed, match=sentence):
        exchange.upgrade_to_release(house, archive_of(tmp_path / "new", version, **told))

    assert running(house) == ["0.3.0", "0.2.0"]
    assert set(calls.read_text().splitlines()) <= {"0.5.0 help"}


@pytest.mark.parametrize("command", ["help", "migrate"])
def test_what_fails_before_the_link_moves_leaves_everything(
    house: ReleaseFolders, calls: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("FAILS", command)

    with pytest.raises(Failed, match=r", and nothing was exchanged\."):
        exchange.upgrade_to_release(house, archive_of(tmp_path / "new", "0.4.0"))
    assert running(house) == ["0.3.0", "0.2.0"]
    assert RESTART not in calls.read_text()

    monkeypatch.setenv("FAILS", "")
    exchange.upgrade_to_release(house, archive_of(tmp_path / "new", "0.4.0"))  # what lies there already is gone on with
    assert running(house) == ["0.4.0", "0.3.0"]


@pytest.mark.parametrize(
    ("fails", "sentence", "asked"),
    [
        ("start", r"answers no page\. 0\.3\.0 runs on; journalctl -u plp-web-bridge says why", EXCHANGE[:2]),
        ("try-restart", r"not started again\. 0\.3\.0 runs again; journalctl -u plp-web", [*EXCHANGE, *EXCHANGE[2:]]),
    ],
)
def test_a_version_that_does_not_come_up_is_put_back(
    house: ReleaseFolders, calls: Path, tmp_path: Path, fails: str, sentence: str, asked: list[str]
) -> None:
    calls.with_name("calls-fails-once").write_text(fails)

    with pytest.raises(Failed, match=sentence):
        exchange.upgrade_to_release(house, archive_of(tmp_path / "new", "0.4.0"))

    assert running(house)[0] == "0.3.0"
    assert calls.read_text().splitlines()[2:] == asked


def test_a_machine_without_pages_starts_none_beside(
    house: ReleaseFolders, calls: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAILS", "is-active")

    exchange.upgrade_to_release(house, archive_of(tmp_path / "new", "0.4.0"))

    assert calls.read_text().splitlines()[2:] == [EXCHANGE[0], *EXCHANGE[2:]]


def test_without_systemd_the_operator_starts_the_services(
    house: ReleaseFolders,
    calls: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(services, "find_program", lambda _name: None)

    exchange.upgrade_to_release(house, archive_of(tmp_path / "new", "0.4.0"))

    assert "is 0.4.0 now: start the services anew." in capsys.readouterr().err
    assert "systemctl" not in calls.read_text()


def test_without_a_release_before_there_is_no_way_back(tmp_path: Path, calls: Path) -> None:
    with pytest.raises(Failed, match=r"no release before 0\.3\.0 here"):
        exchange.go_back_to_previous_release(install(tmp_path / "opt", "0.3.0"))


def test_units_follow_the_release_unless_they_were_changed_here(
    house: ReleaseFolders, calls: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = house.releases / "0.2.0", house.releases / "0.3.0"
    (tmp_path / "units").mkdir()
    unit, later = (tmp_path / "units" / f"{name}.service" for name in ("plp-web", "plp-web-bridge"))
    unit.write_text(UNIT.format(version="0.2.0"))
    (new / "deploy" / "systemd" / later.name).write_text("# of a later version\n")

    services.install_changed_systemd_units(old, new)
    followed, asked = unit.read_text(), calls.read_text()
    unit.write_text("# of this machine\n")
    services.install_changed_systemd_units(new, old)

    assert later.read_text() == "# of a later version\n"
    assert (followed, asked) == (UNIT.format(version="0.3.0"), "systemctl daemon-reload\n")
    assert (unit.read_text(), calls.read_text()) == ("# of this machine\n", asked)
    assert "was changed on this machine and is left so" in capsys.readouterr().err


def test_a_file_that_is_no_release_is_refused(house: ReleaseFolders, tmp_path: Path) -> None:
    (tmp_path / "plp-0.4.0.tar.gz").write_bytes(b"nonsense")
    with pytest.raises(Failed, match="is no archive of plp"):
        house.unpack(tmp_path / "plp-0.4.0.tar.gz")

    with pytest.raises(Failed, match=r"holds no release of plp: fetch plp-X\.Y\.Z\.tar\.gz"):
        house.unpack(archive_of(tmp_path / "new", "latest"))
    assert sorted(path.name for path in house.releases.iterdir()) == ["0.2.0", "0.3.0"]


def test_one_upgrade_at_a_time_by_whoever_owns_the_folder(
    house: ReleaseFolders, monkeypatch: pytest.MonkeyPatch
) -> None:
    with house.locked(), pytest.raises(Failed, match="Another upgrade is under way"), house.locked():
        pass
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(Failed, match="type it as root"), house.locked():
        pass


def test_a_clone_is_no_installation(tmp_path: Path, house: ReleaseFolders) -> None:
    assert release_folders_of_installation(house.releases / "0.3.0") == house
    with pytest.raises(Failed, match=r"is no folder releases/X\.Y\.Z beside a link named current"):
        release_folders_of_installation(tmp_path / "clone")


def test_a_command_runs_as_the_owner_of_the_data_folder(
    tmp_path: Path, house: ReleaseFolders, calls: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "_data_owner_uid", lambda: 0)
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    give(tmp_path / "bin", "runuser", '#!/bin/sh\necho "runuser $1 $2 $3" >>"$CALLS"\nshift 3\nexec "$@"\n')

    services.run_as_data_owner(house.releases / "0.3.0", "migrate")

    assert calls.read_text().splitlines() == ["runuser -u root --", "0.3.0 migrate"]


def test_without_the_settings_nothing_is_run(
    house: ReleaseFolders, calls: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLP_HOME", "")

    with pytest.raises(Failed, match="start this with the wrapper deploy/plp"):
        services.run_as_data_owner(house.releases / "0.3.0", "migrate")
    assert calls.read_text() == ""
