"""Questions and opinions: asked of coordinator or police, answered, and shared with the members by the coordinator."""
