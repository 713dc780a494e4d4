"""Who does what: found, judged, shown, and divided by hand."""
