"""Advice for everybody: per season and subject, what a PLP is, how to report, a private checklist."""
