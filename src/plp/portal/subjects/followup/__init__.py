"""The officer's exchange with the coordinator: meetings, ratings, numbers, services, policy plans, newsletter."""
