"""The demonstration: four partnerships on real streets, founded step by step, invented people, a year of life."""
