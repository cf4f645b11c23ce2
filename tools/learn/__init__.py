"""Learns what the words of reports tell of their causes."""
