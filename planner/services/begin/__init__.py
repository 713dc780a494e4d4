"""A new school: the steps of the wizard, and the demo school."""
