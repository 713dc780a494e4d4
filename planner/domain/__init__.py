"""The core: what a school year is and which rules it keeps. Standard library only; no I/O, no clock."""
