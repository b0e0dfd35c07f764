"""Files of others that tests and proofs read. Each folder names their source and licence."""

from pathlib import Path

SAMPLES = Path(__file__).resolve().parent
