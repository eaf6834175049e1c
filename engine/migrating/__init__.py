"""Running cases move to another version of their process: what fits, what would change, and carrying it out."""
