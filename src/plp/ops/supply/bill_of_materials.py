"""The list of what a release is made of (SBOM), in the CycloneDX form, from the lock file alone."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL

from plp.ops.release.commit import Commit
from plp.ops.supply.locks import Package, packages_of_lock_file


def component_of_package(package: Package) -> Component:
    """A locked package as a component, with the hashes of its files."""
    return Component(
        type=ComponentType.LIBRARY,
        name=package.name,
        version=package.version,
        purl=PackageURL("pypi", None, package.name, package.version),
        bom_ref=f"{package.name}@{package.version}",
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=content) for content in package.hashes],
    )


def bill_of_materials(lock: Path, commit: Commit) -> str:
    """The list as JSON: of the same lock file and commit always the same, to the byte."""
    bom = Bom(components=[component_of_package(package) for package in packages_of_lock_file(lock)])
    bom.serial_number = uuid5(NAMESPACE_URL, f"plp@{commit.version}+{commit.key}")
    bom.metadata.timestamp = datetime.fromtimestamp(commit.at, UTC)
    bom.metadata.component = Component(
        type=ComponentType.APPLICATION, name="plp", version=commit.version, bom_ref="plp"
    )
    bom.register_dependency(bom.metadata.component, bom.components)
    return make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string(indent=1)
