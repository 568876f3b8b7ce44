"""What: candidate acts, their type, status, and one record an act."""
