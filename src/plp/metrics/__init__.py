"""Counters and histograms of the whole installation, for Prometheus."""
