"""The demonstration: five partnerships on real streets, four with their founding and a year of life, one under way."""
