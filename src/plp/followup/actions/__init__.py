"""What one may do in the follow-up. Callers import the modules: ``requests.ask(...)``, ``clocks.tick(...)``."""
