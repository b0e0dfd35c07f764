"""What ``./plp import`` can read: one module per kind, with ``add_arguments`` and ``run`` like a command."""
