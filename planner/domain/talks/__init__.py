"""Conversations between pupil, parent and teacher: which there are, their plan, and its judge."""
