"""How states are compared: two articles in, typed edits out. Pure but for the modules that say otherwise."""
