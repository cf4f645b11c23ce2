"""The server's side: what CORS adds to a request, in ours and in what people use."""
