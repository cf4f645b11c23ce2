"""What ``corsage simulate`` is made of."""
