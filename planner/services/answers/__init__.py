"""Answers of families: given, kept, counted, and reached for."""
