import java.util.List;
import java.util.regex.Pattern;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsWebFilter;
import org.springframework.web.cors.reactive.UrlBasedCorsConfigurationSource;

@Configuration
public class CorsConfig {

    private static final Pattern ALLOWED_ORIGINS =
        Pattern.compile("^(?:https://\"[a-z]\\\\\"\\.example|https://x'\\.example)$");

    // Before Spring Security, which would ask preflights for a token.
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    public CorsWebFilter corsWebFilter() {
        CorsConfiguration cors = new CorsConfiguration() {
            @Override
            public String checkOrigin(String origin) {
                return origin != null && ALLOWED_ORIGINS.matcher(origin).matches() ? origin : null;
            }
        };
        cors.setAllowedMethods(List.of("GET", "HEAD", "POST", "X'Y"));
        cors.setAllowedHeaders(List.of("x-`'$|"));
        UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
        source.registerCorsConfiguration("/**", cors);
        return new CorsWebFilter(source);
    }
}
