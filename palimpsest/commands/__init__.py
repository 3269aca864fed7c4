"""One command a file. Nothing heavy is imported before a command runs, so that `--help` answers at once."""
