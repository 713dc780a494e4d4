"""Rooms: forms, choices, floor plans and what hangs on doors."""
