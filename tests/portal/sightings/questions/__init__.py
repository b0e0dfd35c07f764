"""Questions on pages."""
