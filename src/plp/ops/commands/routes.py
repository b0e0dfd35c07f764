"""List every route with its permission."""

import argparse
import json

from plp.ops.cli import SUCCESS
from plp.ops.routes import all_routes


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--json`` prints data instead of a table."""
    parser.add_argument("--json", action="store_true", help='print [{"route", "name", "permission"}]')


def run(options: argparse.Namespace) -> int:
    """Print the routes."""
    routes = all_routes()
    if options.json:
        rows = [{"route": route.route, "name": route.name, "permission": route.permission} for route in routes]
        print(json.dumps(rows, indent=2))
        return SUCCESS
    for route in routes:
        print(f"{route.permission or '(none)':<24} {route.route}")
    return SUCCESS
