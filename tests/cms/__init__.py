"""Editing in a browser."""
