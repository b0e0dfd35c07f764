"""Everything of an installation in one file that only its owner can open, and back onto an empty machine.

The file is age (https://age-encryption.org) around a gzipped tar: ``database`` (a copy of the SQLite file, or a dump of
PostgreSQL), ``files/...``, ``keys/...`` and, last, ``manifest.json``. It is encrypted to a public key while it is
written: what leaves the data folder is never in clear (T21).
"""
