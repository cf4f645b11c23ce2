"""The rooms of ``corsage explain`` for evidence: reading it, and writing the diagnosis in every form."""
