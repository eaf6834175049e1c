"""Notices as mail: how a letter of the engine reads, and the signed link by which mail is stopped."""
