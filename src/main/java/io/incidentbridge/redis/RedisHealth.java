package io.incidentbridge.redis;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Says whether Redis is there and stays up when it is not: lookups are answered without it. */
@Readiness
@Singleton
class RedisHealth implements HealthCheck {

    private final RedisCommands redis;

    RedisHealth(RedisCommands redis) {
        this.redis = redis;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("redis")
                .up()
                .withData("available", redis.isAvailable())
                .build();
    }
}
