"""Process files come in: looked at only, or deployed."""

from api.blueprint import ApiBlueprint

deployments = ApiBlueprint("deployments", "Process files: check and deploy.")
BUNDLE_LIMIT = 10_000_000  # bytes
