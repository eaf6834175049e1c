"""Word files of official papers. Nothing is imported here: the child process must start with next to nothing."""
