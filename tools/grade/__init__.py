"""How often the diagnosis is right: real reports with their accepted answers, and a table."""
