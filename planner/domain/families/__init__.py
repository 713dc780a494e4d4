"""Families: who is invited, in which words, and what they said."""
