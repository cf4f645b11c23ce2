"""``docs/peers.md``: every Python peer and ours, asked the same by the same browser."""
