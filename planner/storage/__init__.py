"""The database: engine, models, migrations, and rows to domain values and back."""
