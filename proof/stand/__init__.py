"""What proofs stand on: real workers, real databases and receivers that misbehave, all in processes of their own."""
