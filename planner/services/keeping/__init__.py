"""What is kept and what goes: backups, archives, restoring and erasing."""
