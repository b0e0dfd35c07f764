"""Give the wheel the dependencies that requirements.in lists, so they are written once."""

from pathlib import Path

from hatchling.metadata.plugin.interface import MetadataHookInterface


class Dependencies(MetadataHookInterface):
    """Hatch metadata hook: reads requirements.in beside it."""

    BUILD_TOOLS = ("hatchling", "editables", "babel")

    def update(self, metadata: dict) -> None:
        """Fill ``dependencies``, leaving out the build tools that only an editable install needs."""
        lines = Path(self.root, "requirements.in").read_text().splitlines()
        metadata["dependencies"] = [line for line in lines if line and not line.startswith(self.BUILD_TOOLS)]
