"""Print the page of the roles: who may do what, as the table of rights says it."""

import argparse

from plp.ops.cli import SUCCESS
from plp.ops.roles import roles_page_as_markdown


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(options: argparse.Namespace) -> int:
    """Print it as Markdown, ready to be docs/roles.md."""
    print(roles_page_as_markdown(), end="")
    return SUCCESS
