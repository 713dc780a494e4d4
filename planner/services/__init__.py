"""The use cases. Each owns its transaction and takes the time as an argument."""
