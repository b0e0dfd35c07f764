"""What one may do with sightings (``actions.sightings``) and questions (``actions.questions``)."""
