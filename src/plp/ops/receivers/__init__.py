"""Receivers on this machine: what the demo, the tests and the benchmarks send to."""
