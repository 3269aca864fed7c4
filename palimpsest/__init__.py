"""The door: the command `palimpsest`."""
