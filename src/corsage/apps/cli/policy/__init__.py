"""``corsage policy``: one file for each command, and the rooms that they share."""
