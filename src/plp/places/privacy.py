"""What this room knows of a person: nothing. The register of addresses names streets and doors, nobody behind them."""

PERSONAL: dict[str, str] = {}
