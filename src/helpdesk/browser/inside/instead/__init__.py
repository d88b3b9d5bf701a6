"""What stands in the archive instead of much larger modules, by what those are called there."""
