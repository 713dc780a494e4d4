"""What leaves the building: mail, and questions to the school's own sign-in. Nothing else opens a connection."""
