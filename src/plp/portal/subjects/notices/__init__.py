"""Messages of the police, from the pen to the members."""
