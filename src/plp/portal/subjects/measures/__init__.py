"""Measures about members and coordinators: those who decide, and the person concerned (R99-R102)."""
