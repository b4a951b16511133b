"""Organizations, the groups they belong to, and the public offices they hold."""
