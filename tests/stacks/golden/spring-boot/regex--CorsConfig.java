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
        Pattern.compile("^(?:https://app\\.example|https://pr-[0-9]+\\.preview\\.example|https://(?:red|blue)\\.example)$");

    @Bean
    public CorsConfigurationSource corsConfigurationSource() {
        CorsConfiguration cors = new CorsConfiguration() {
            @Override
            public String checkOrigin(String origin) {
                return origin != null && ALLOWED_ORIGINS.matcher(origin).matches() ? origin : null;
            }
        };
        cors.setAllowedMethods(List.of("GET", "HEAD", "POST", "DELETE"));
        cors.setAllowCredentials(true);
        UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
        source.registerCorsConfiguration("/**", cors);
        return source;
    }
}
