"""The marks that make one look again."""

from pathlib import Path

from plp.ops.sizes import files_and_functions_over_size_marks


def test_what_is_over_its_mark_is_named(tmp_path: Path) -> None:
    (tmp_path / "room").mkdir()
    body = "\n".join(["    pass"] * 31)
    (tmp_path / "room" / "actions.py").write_text(f'def long():\n    """Say."""\n{body}\n\n\ndef short():\n    pass\n')
    (tmp_path / "room" / "page.html").write_text("\n" * 131)
    (tmp_path / "room" / "wide.py").write_text("A = 1\n" * 250)
    (tmp_path / "toolbox").mkdir()
    (tmp_path / "toolbox" / "many.py").write_text("A = 1\n" * 601)

    assert files_and_functions_over_size_marks(tmp_path) == [
        "room/actions.py: long has 31 lines",
        "toolbox/many.py: 601 lines",
        "room/page.html: 131 lines",
        "toolbox: 601 lines in all",
    ]


def test_what_is_within_its_mark_is_not_named(tmp_path: Path) -> None:
    (tmp_path / "toolbox").mkdir()
    (tmp_path / "toolbox" / "clock.py").write_text("A = 1\n")
    (tmp_path / "page.html").write_text("<p></p>\n")

    assert files_and_functions_over_size_marks(tmp_path) == []
