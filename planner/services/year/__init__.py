"""The year: planned, published, ticked off, shown and fed to calendars."""
