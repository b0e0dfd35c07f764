"""Forms of the evenings. They validate shape; whether it can be is decided in the room."""
