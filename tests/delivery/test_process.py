"""How a worker fits into what its machine allows (F32)."""

import resource

import pytest

from plp.delivery.engine.process import OWN_FILES, raise_file_limit_and_count_connections


@pytest.mark.parametrize(
    ("hard", "lines"), [(64, (64 - OWN_FILES) // 3), (4, 1), (100_000, 200), (resource.RLIM_INFINITY, 200)]
)
def test_lines_leave_files_for_the_database(hard: int, lines: int, monkeypatch: pytest.MonkeyPatch) -> None:
    raised: list[tuple[int, int]] = []
    monkeypatch.setattr(resource, "getrlimit", lambda kind: (16, hard))
    monkeypatch.setattr(resource, "setrlimit", lambda kind, limits: raised.append(limits))

    assert raise_file_limit_and_count_connections(200, channels=3) == lines
    assert raised == [(hard, hard)]
