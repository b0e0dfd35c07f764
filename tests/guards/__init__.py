"""The architecture, held by tests: a guard answers faults, and is tried on the house and on a bad example."""
