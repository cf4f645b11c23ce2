"""Spring Boot with WebFlux."""

from corsage.server import Policy
from corsage.stacks.base import NOT_EXECUTED, File, Kind, Rendered, Trait
from corsage.stacks.java.spring_options import java_matcher, java_statements, spring_options
from corsage.stacks.java.spring_pitfalls import PITFALLS
from corsage.stacks.told import Tell, ToldStack


class SpringWebFlux(ToldStack):
    """Spring WebFlux behind CorsWebFilter."""

    name = "spring-webflux"
    title = "Spring WebFlux"
    kind = Kind.APP
    words = ("webflux", "spring webflux", "corswebfilter", "spring reactive")
    traits = frozenset({Trait.ANSWERS_PREFLIGHTS, Trait.REFUSES_STRANGERS, Trait.DROPS_ALL_WHEN_REFUSED})
    executed = NOT_EXECUTED
    pitfalls = PITFALLS
    order = "Before every other WebFilter, Spring Security's too: by @Order(Ordered.HIGHEST_PRECEDENCE)."
    sources = ("https://docs.spring.io/spring-framework/reference/web/webflux-cors.html",)
    tells = (Tell(0.9, bodies=('"timestamp":', '"requestId":', '"path":')),)

    def render(self, policy: Policy) -> Rendered:
        """Write *policy* as a bean."""
        options = spring_options(policy)
        matcher = java_matcher(options)
        text = (
            "import java.util.List;\n"
            f"{'import java.util.regex.Pattern;' if matcher else ''}\n"
            "\n"
            "import org.springframework.context.annotation.Bean;\n"
            "import org.springframework.context.annotation.Configuration;\n"
            "import org.springframework.core.Ordered;\n"
            "import org.springframework.core.annotation.Order;\n"
            "import org.springframework.web.cors.CorsConfiguration;\n"
            "import org.springframework.web.cors.reactive.CorsWebFilter;\n"
            "import org.springframework.web.cors.reactive.UrlBasedCorsConfigurationSource;\n"
            "\n"
            "@Configuration\n"
            "public class CorsConfig {\n"
            "\n"
            f"{matcher}"
            "    // Before Spring Security, which would ask preflights for a token.\n"
            "    @Bean\n"
            "    @Order(Ordered.HIGHEST_PRECEDENCE)\n"
            "    public CorsWebFilter corsWebFilter() {\n"
            f"{java_statements(policy, options)}"
            "        UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();\n"
            '        source.registerCorsConfiguration("/**", cors);\n'
            "        return new CorsWebFilter(source);\n"
            "    }\n"
            "}\n"
        ).replace("List;\n\n\n", "List;\n\n")
        return Rendered(
            self.name,
            (File("CorsConfig.java", "java", text),),
            (
                "It goes into a package that is scanned; its first line names the package.",
                "Take out @CrossOrigin, addCorsMappings and filters that set the headers themselves.",
            ),
            options.limits,
            self.executed,
        )
