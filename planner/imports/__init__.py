"""What comes from outside, turned into domain values: holidays, feasts, demo data."""
