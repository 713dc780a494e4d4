"""One event: its page, its forms, its sheets and its files."""
