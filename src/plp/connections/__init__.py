"""Room ``connections``: programs of others that read from us, and to which we tell what happened."""
