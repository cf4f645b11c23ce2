"""The rooms of ``corsage explain``: rules as pages."""
