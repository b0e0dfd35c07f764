"""Room ``protection``: breaches of personal data, how long data are kept, the register and the impact assessment."""
