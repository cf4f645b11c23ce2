package main

import (
	"net/http"
)

// withCORS does nothing: no origin is allowed, and browsers allow none where there are no CORS headers.
func withCORS(next http.Handler) http.Handler {
	return next
}
