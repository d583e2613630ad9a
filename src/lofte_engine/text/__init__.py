"""Reading and checking Swedish text."""
