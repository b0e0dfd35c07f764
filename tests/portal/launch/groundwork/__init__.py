"""The groundwork on its pages."""
