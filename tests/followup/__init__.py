"""Tests of the room ``followup``."""
