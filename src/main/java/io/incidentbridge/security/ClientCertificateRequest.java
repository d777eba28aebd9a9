package io.incidentbridge.security;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;

/** Asks callers of the public port for a certificate; Quarkus' own switch is fixed when the bridge is built. */
@Singleton
class ClientCertificateRequest implements HttpServerOptionsCustomizer {

    private final SecurityConfig config;

    ClientCertificateRequest(SecurityConfig config) {
        this.config = config;
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        options.setClientAuth(
                switch (config.clientCertificates()) {
                    case NONE -> ClientAuth.NONE;
                    case REQUEST -> ClientAuth.REQUEST;
                    case REQUIRED -> ClientAuth.REQUIRED;
                });
    }
}
