"""Spring Boot with Spring MVC, with or without Spring Security."""

from corsage.server import Policy
from corsage.stacks.base import NOT_EXECUTED, File, Kind, Rendered, Trait
from corsage.stacks.java.spring_options import java_matcher, java_statements, spring_options
from corsage.stacks.java.spring_pitfalls import PITFALLS, TELLS
from corsage.stacks.told import ToldStack

_SECURITY = """\
import static org.springframework.security.config.Customizer.withDefaults;

@Bean
SecurityFilterChain filterChain(HttpSecurity http) throws Exception {
    // Finds the bean corsConfigurationSource, and answers preflights before anybody must log in.
    http.cors(withDefaults());
    // Your own rules follow.
    return http.build();
}
"""


class SpringBoot(ToldStack):
    """Spring Boot, Spring MVC and Spring Security."""

    name = "spring-boot"
    title = "Spring Boot"
    kind = Kind.APP
    words = (
        "spring",
        "spring boot",
        "springboot",
        "spring-boot",
        "spring security",
        "spring mvc",
        "spring framework",
    )
    traits = frozenset(
        {
            Trait.ANSWERS_PREFLIGHTS,
            Trait.REFUSES_STRANGERS,
            Trait.DROPS_ALL_WHEN_REFUSED,
            Trait.WEBSOCKET_CHECK,
        }
    )
    executed = NOT_EXECUTED
    pitfalls = PITFALLS
    order = "In Spring Security's own chain, which runs before Spring MVC: there CORS comes before authentication."
    sources = (
        "https://docs.spring.io/spring-security/reference/servlet/integrations/cors.html",
        "https://docs.spring.io/spring-framework/reference/web/webmvc-cors.html",
    )
    tells = TELLS

    def render(self, policy: Policy) -> Rendered:
        """Write *policy* as a bean, and the line that makes Spring Security use it."""
        options = spring_options(policy)
        matcher = java_matcher(options)
        text = (
            "import java.util.List;\n"
            f"{'import java.util.regex.Pattern;' if matcher else ''}\n"
            "\n"
            "import org.springframework.context.annotation.Bean;\n"
            "import org.springframework.context.annotation.Configuration;\n"
            "import org.springframework.web.cors.CorsConfiguration;\n"
            "import org.springframework.web.cors.CorsConfigurationSource;\n"
            "import org.springframework.web.cors.UrlBasedCorsConfigurationSource;\n"
            "\n"
            "@Configuration\n"
            "public class CorsConfig {\n"
            "\n"
            f"{matcher}"
            "    @Bean\n"
            "    public CorsConfigurationSource corsConfigurationSource() {\n"
            f"{java_statements(policy, options)}"
            "        UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();\n"
            '        source.registerCorsConfiguration("/**", cors);\n'
            "        return source;\n"
            "    }\n"
            "}\n"
        ).replace("List;\n\n\n", "List;\n\n")
        return Rendered(
            self.name,
            (File("CorsConfig.java", "java", text), File("SecurityConfig.java", "java", _SECURITY)),
            (
                "CorsConfig.java goes into a package that is scanned; its first line names the package.",
                "With Spring Security: the second file shows the line for the SecurityFilterChain that you have.",
                "Without Spring Security: add a bean new FilterRegistrationBean<>(new CorsFilter("
                "corsConfigurationSource())) with setOrder(Ordered.HIGHEST_PRECEDENCE).",
                "Take out @CrossOrigin, addCorsMappings and filters that set the headers themselves.",
            ),
            options.limits,
            self.executed,
        )
