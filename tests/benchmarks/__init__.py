"""How fast the planner is, next to something comparable; `python -m tests.benchmarks [NAME]` or `make bench`."""
