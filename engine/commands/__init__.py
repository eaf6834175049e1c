"""The verbs: one file, one transaction, one line of history each."""
