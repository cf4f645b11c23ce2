"""The signatures of Spring that rendered files use, as its documentation has them: enough for a compiler."""

from __future__ import annotations

from typing import Final

_CONFIGURATION: Final = """
package org.springframework.web.cors;
public class CorsConfiguration {
    public void setAllowedOrigins(java.util.List<String> origins) {}
    public CorsConfiguration setAllowedOriginPatterns(java.util.List<String> patterns) { return this; }
    public void setAllowedMethods(java.util.List<String> methods) {}
    public void setAllowedHeaders(java.util.List<String> headers) {}
    public void setExposedHeaders(java.util.List<String> headers) {}
    public void setAllowCredentials(Boolean allow) {}
    public void setMaxAge(Long seconds) {}
    public String checkOrigin(String origin) { return null; }
}
"""
_REACTIVE: Final = """
package org.springframework.web.cors.reactive;
public class UrlBasedCorsConfigurationSource {
    public void registerCorsConfiguration(String path, org.springframework.web.cors.CorsConfiguration config) {}
}
"""
_SERVLET: Final = """
package org.springframework.web.cors;
public class UrlBasedCorsConfigurationSource implements CorsConfigurationSource {
    public void registerCorsConfiguration(String path, CorsConfiguration config) {}
}
"""
_FILTER: Final = """
package org.springframework.web.cors.reactive;
public class CorsWebFilter { public CorsWebFilter(UrlBasedCorsConfigurationSource source) {} }
"""
_ORDERED: Final = (
    "package org.springframework.core; public interface Ordered { int HIGHEST_PRECEDENCE = -1; }"
)
_CONTEXT: Final = "package org.springframework.context.annotation;"

STUBS: Final = {
    "CorsConfiguration": _CONFIGURATION,
    "CorsConfigurationSource": "package org.springframework.web.cors; public interface CorsConfigurationSource {}",
    "UrlBasedCorsConfigurationSource": _SERVLET,
    "reactive/UrlBasedCorsConfigurationSource": _REACTIVE,
    "CorsWebFilter": _FILTER,
    "Ordered": _ORDERED,
    "Order": "package org.springframework.core.annotation; public @interface Order { int value(); }",
    "Bean": f"{_CONTEXT} public @interface Bean {{}}",
    "Configuration": f"{_CONTEXT} public @interface Configuration {{}}",
}
