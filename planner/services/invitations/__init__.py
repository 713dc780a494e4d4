"""Invitations: made by pupils, printed by class, and what makes them out of date."""
