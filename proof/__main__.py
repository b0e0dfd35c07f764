"""Run one proof: ``python -m proof KEY --size quick --seed 7 --database URL --json FILE``."""

import argparse
import importlib
import sys
from pathlib import Path

from proof.catalogue import PROOFS
from proof.result import ProofRequest, ProofResult, Size, result_as_json_text


def main() -> int:
    """Run it; 0 if every floor holds, 1 if not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("key", choices=[proof.key for proof in PROOFS])
    parser.add_argument("--size", choices=list(Size), default=Size.QUICK, type=Size)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", default="")
    parser.add_argument("--json", type=Path, required=True)
    options = parser.parse_args()

    def write_result_as_json(found: ProofResult) -> None:
        options.json.write_text(result_as_json_text(found) + "\n", encoding="utf-8")

    found = importlib.import_module(f"proof.proofs.{options.key}").prove(
        ProofRequest(options.size, options.seed, options.database, write_result_as_json)
    )
    write_result_as_json(found)
    return int(not found.meets_all_floors)


if __name__ == "__main__":
    sys.exit(main())
