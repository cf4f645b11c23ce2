import java.util.List;
import java.util.regex.Pattern;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;

@Configuration
public class CorsConfig {

    private static final Pattern ALLOWED_ORIGINS =
        Pattern.compile("^(?:https://(?:[a-z0-9_-]+\\.)+deep\\.example|https://[a-z0-9_-]+\\.one\\.example|http://localhost(?::[0-9]+)?)$");

    @Bean
    public CorsConfigurationSource corsConfigurationSource() {
        CorsConfiguration cors = new CorsConfiguration() {
            @Override
            public String checkOrigin(String origin) {
                return origin != null && ALLOWED_ORIGINS.matcher(origin).matches() ? origin : null;
            }
        };
        cors.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT"));
        cors.setAllowedHeaders(List.of("x-token"));
        cors.setExposedHeaders(List.of("x-total"));
        UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
        source.registerCorsConfiguration("/**", cors);
        return source;
    }
}
