"""The editor's view."""
