"""Lists in and out: Excel and CSV, looked at before anything is written."""
