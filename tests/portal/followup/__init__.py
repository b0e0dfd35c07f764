"""The exchange of officer and coordinator on pages."""
