"""Exercises in good reporting and in lawful words, on invented data; what was typed is kept nowhere."""
