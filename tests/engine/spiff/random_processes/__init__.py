"""Random processes, random commands, and the engine beside the reference interpreter."""
