"""Room ``connections``: programs of others that read from us."""
