"""The demonstration: four partnerships on real streets, founded step by step, invented people, messages in progress."""
