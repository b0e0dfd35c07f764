"""Reads of the evaluation: figures from the ledger, reports, surveys, what was decided."""
