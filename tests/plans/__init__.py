"""How PostgreSQL would find the rows of each statement if the whole country were in the database (ADR 78)."""
