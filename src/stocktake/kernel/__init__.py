"""Floor 1: what every field of work needs, and no subject matter."""
