"""What is different between two bundles: as data, and in words for those who approve it."""
