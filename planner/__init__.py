"""Schakelplan: from runbook definitions to a planned, staffed, printable school year."""
