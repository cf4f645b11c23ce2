"""Floor 5: evidence becomes findings, findings become verified fixes."""
