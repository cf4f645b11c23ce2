"""Floor 4: one file a rule. CORS2xx is why the browser refused, CORS4xx what happened on the way."""
