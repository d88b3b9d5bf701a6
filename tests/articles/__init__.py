"""Pages made from the catalog."""
