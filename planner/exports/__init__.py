"""Domain values to bytes: calendars, PDF, QR, fonts. Heavy imports stand inside the functions."""
