"""The reader of register files: lines, rows, staging, report."""
