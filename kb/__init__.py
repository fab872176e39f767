"""What is known, where it is stored, how it is found."""
