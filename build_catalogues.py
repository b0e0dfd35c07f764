"""Compile the catalogues when the wheel is built, and when the checkout is installed to be worked in."""

import importlib.util
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

COMPILATION = "src/plp/ops/catalogues/compilation.py"


class Catalogues(BuildHookInterface):
    """Hatch build hook: makes each ``.mo`` from its ``.po``, and lets the wheel hold it."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - the interface
        """Compile, and name the compiled files: git, which hatch follows, leaves them out."""
        root = Path(self.root)
        specification = importlib.util.spec_from_file_location("compilation", root / COMPILATION)
        compilation = importlib.util.module_from_spec(specification)
        specification.loader.exec_module(compilation)
        compilation.compile_stale_catalogues(root / "src/plp/locale")
        build_data["artifacts"].append("/src/plp/locale/*/LC_MESSAGES/*.mo")
