"""What one may do about measures. Callers import the modules: ``files.open_file(...)``, ``steps.sign(...)``."""
