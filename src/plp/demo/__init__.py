"""The demonstration: five partnerships on real streets, four founded step by step with a year of life, one under way."""
