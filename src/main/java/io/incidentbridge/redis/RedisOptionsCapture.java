package io.incidentbridge.redis;

import io.quarkus.redis.client.RedisOptionsCustomizer;
import io.vertx.redis.client.RedisOptions;
import jakarta.inject.Singleton;

/** Keeps the options Quarkus has made of {@code quarkus.redis.*}, so that the bridge can make clients from them anew. */
@Singleton
class RedisOptionsCapture implements RedisOptionsCustomizer {

    private volatile RedisOptions options;

    @Override
    public void customize(String clientName, RedisOptions made) {
        options = new RedisOptions(made);
    }

    RedisOptions options() {
        if (options == null) {
            throw new IllegalStateException("quarkus.redis.hosts is not set");
        }
        return options;
    }
}
