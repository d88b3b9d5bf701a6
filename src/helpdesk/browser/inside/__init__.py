"""What runs inside the browser's Python while its archive is made, never on a page."""
