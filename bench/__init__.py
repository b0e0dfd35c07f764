"""Benchmarks, each beside the peers it is compared with."""
