"""Mail leaves the house: letters of the engine become messages on an SMTP server."""
