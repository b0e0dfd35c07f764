"""Data protection: register, impact assessment, how long what is kept, breaches (R78, R82, R84, R86)."""
