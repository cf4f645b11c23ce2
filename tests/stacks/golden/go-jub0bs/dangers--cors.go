package main

import (
	"log"
	"net/http"

	"github.com/jub0bs/cors"
)

// withCORS answers preflights itself, and puts CORS headers on all that next answers, errors too.
func withCORS(next http.Handler) http.Handler {
	middleware, err := cors.NewMiddleware(cors.Config{
		Origins:                                       []string{"http://a.example", "https://b.example", "https://*.github.io"},
		Credentialed:                                  true,
		MaxAgeInSeconds:                               86400,
		DangerouslyTolerateInsecureOrigins:            true,
		DangerouslyTolerateSubdomainsOfPublicSuffixes: true,
	})
	if err != nil {
		log.Fatal(err)
	}
	return middleware.Wrap(next)
}
