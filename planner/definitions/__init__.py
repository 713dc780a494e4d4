"""The door for runbook definitions: YAML in, domain values out, problems with file and line."""
