"""People: what was agreed with them, and what they see and say themselves."""
