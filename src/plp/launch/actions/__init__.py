"""What one may do about a launch, one module a noun. Callers import the module: ``steps.tick_fact(...)``."""
