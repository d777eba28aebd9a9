package io.incidentbridge.sandbox;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.core.http.impl.HttpServerRequestWrapper;

/** The request as a vendor's routes see it: every way to its response leads to the {@link MeteredResponse}. */
final class MeteredRequest extends HttpServerRequestWrapper {

    private final MeteredResponse response;

    MeteredRequest(HttpServerRequest request, MeteredResponse response) {
        super((HttpServerRequestInternal) request);
        this.response = response;
    }

    @Override
    public HttpServerResponse response() {
        return response;
    }
}
