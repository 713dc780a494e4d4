"""Who does what: people, needs, a plan, its goals and its judge."""
