"""Floor 6: where requests, responses and recordings come from."""
