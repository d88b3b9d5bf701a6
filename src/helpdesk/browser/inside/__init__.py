"""What runs in the browser's Python while its archive is made; some of it goes in."""
