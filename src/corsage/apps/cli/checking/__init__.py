"""What ``corsage check`` is made of: from arguments to questions, from answers to words."""
