"""Rounds of conversations: planned, agreed, shown and printed."""
