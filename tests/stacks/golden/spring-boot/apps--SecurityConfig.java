import static org.springframework.security.config.Customizer.withDefaults;

@Bean
SecurityFilterChain filterChain(HttpSecurity http) throws Exception {
    // Finds the bean corsConfigurationSource, and answers preflights before anybody must log in.
    http.cors(withDefaults());
    // Your own rules follow.
    return http.build();
}
