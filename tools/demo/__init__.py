"""The tutorials' CORS errors, real, on loopback, each as `corsage check` sees it."""
