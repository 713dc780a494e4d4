"""The history of the tables, one step a file; `planner.storage.schema.draft_migration` writes the next one."""
