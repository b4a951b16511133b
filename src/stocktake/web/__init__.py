"""Floor 4: the server-rendered site; it holds no models."""
