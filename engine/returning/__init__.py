"""Going back in a case: what would change is computed first, shown, and then carried out as it was shown."""
