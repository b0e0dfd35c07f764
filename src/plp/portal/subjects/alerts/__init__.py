"""Official alerts: read in by the police, published by them, open to everybody."""
