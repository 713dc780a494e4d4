"""Problem to proposal. Solvers propose; planner.domain.rules judges."""
