"""Machines that try to break each promise, and print what they found (docs/threats.md, docs/faults.md).

A proof is a module of ``proofs`` with ``prove(request) -> ProofResult``, listed in ``catalogue.py``. ``./plp prove``
runs them, each in a process of its own, and writes ``docs/proof.json`` and ``docs/proof.md``. The tests run each at
the size ``trial``.
"""
