package io.incidentbridge.bench;

import static org.springframework.web.reactive.function.server.RequestPredicates.GET;
import static org.springframework.web.reactive.function.server.RequestPredicates.path;
import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cloud.gateway.filter.ratelimit.KeyResolver;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Spring Cloud Gateway before ServiceNow; the route is in application.yml. */
@SpringBootApplication
public class Gateway {

    public static void main(String[] args) {
        SpringApplication.run(Gateway.class, args);
    }

    @Bean
    KeyResolver oneLimitForAll() {
        return exchange -> Mono.just("all");
    }

    /** Health, and what the route falls back to when ServiceNow fails or its breaker is open. */
    @Bean
    RouterFunction<ServerResponse> own() {
        return route(GET("/health"), request -> ServerResponse.ok().build())
                .andRoute(path("/unavailable"), request -> ServerResponse.status(HttpStatus.SERVICE_UNAVAILABLE).build());
    }
}
