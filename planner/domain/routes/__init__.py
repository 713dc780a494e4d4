"""Going round on an evening: groups, rounds and companions, counted first and judged after."""
