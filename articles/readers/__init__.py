"""One template a file. `registry` knows them all; `reader` says what a reader is."""
