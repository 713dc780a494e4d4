"""Coming in: accounts, passwords, the second step, mail links and the school's own sign-in."""
