"""The door for diagrams that others drew: one foreign file becomes a draft in our dialect and a list of named gaps."""
