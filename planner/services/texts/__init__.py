"""What is said in each language: read, changed, checked and translated."""
