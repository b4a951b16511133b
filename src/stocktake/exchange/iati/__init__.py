"""IATI: activity files into the register."""
