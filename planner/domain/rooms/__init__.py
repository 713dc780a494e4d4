"""Rooms: what they can hold, which need gets which, and the judge."""
