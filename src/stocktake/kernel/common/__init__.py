"""What every record shares: identifiers, texts, actors, permission, versions."""
