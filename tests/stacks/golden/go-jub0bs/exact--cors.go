package main

import (
	"log"
	"net/http"

	"github.com/jub0bs/cors"
)

// withCORS answers preflights itself, and puts CORS headers on all that next answers, errors too.
func withCORS(next http.Handler) http.Handler {
	middleware, err := cors.NewMiddleware(cors.Config{
		Origins:         []string{"https://app.example", "https://admin.example:8443"},
		Credentialed:    true,
		Methods:         []string{"PUT", "DELETE", "PATCH"},
		RequestHeaders:  []string{"authorization", "x-token"},
		ResponseHeaders: []string{"x-total"},
		MaxAgeInSeconds: 600,
	})
	if err != nil {
		log.Fatal(err)
	}
	return middleware.Wrap(next)
}
