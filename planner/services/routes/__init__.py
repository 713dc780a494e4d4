"""Going round: who is where in which round, on pages, plans and paper."""
