package io.incidentbridge.sandbox;

import io.quarkus.vertx.http.runtime.filters.AbstractResponseWrapper;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;

/**
 * Holds back what a vendor answers until it is complete, notes its status, and only then sends it, damages it or loses
 * it. So the vendor's work is done exactly as in a healthy case and it knows nothing of faults.
 */
final class MeteredResponse extends AbstractResponseWrapper {

    private static final String PAGE = "<!DOCTYPE html><html><head><title>Maintenance</title></head>"
            + "<body><h1>This instance is undergoing maintenance</h1></body></html>";

    private final HttpServerRequest request;
    private final HttpServerResponse client;
    private final TrafficCounter.Arrival arrival;
    private final Fault fault;
    private final Buffer body = Buffer.buffer();

    MeteredResponse(HttpServerRequest request, TrafficCounter.Arrival arrival, Fault fault) {
        super(request.response());
        this.request = request;
        this.client = request.response();
        this.arrival = arrival;
        this.fault = fault;
    }

    Fault fault() {
        return fault;
    }

    private Future<Void> release(Buffer last) {
        body.appendBuffer(last);
        if (client.closed() || fault == Fault.LOSE_REPLY || (fault == Fault.TRUNCATE && body.length() < 2)) {
            arrival.answered(TrafficCounter.NO_REPLY);
            return cut();
        }
        if (fault == Fault.HTML) {
            client.setStatusCode(200).setStatusMessage("OK").headers().remove("Content-Length");
            arrival.answered(200);
            return client.putHeader("Content-Type", "text/html;charset=UTF-8").end(PAGE);
        }
        arrival.answered(client.getStatusCode());
        if (fault == Fault.TRUNCATE) {
            client.putHeader("Content-Length", Integer.toString(body.length()));
            return client.write(body.getBuffer(0, body.length() / 2)).eventually(ignored -> cut());
        }
        return body.length() == 0 ? client.end() : client.end(body);
    }

    private Future<Void> cut() {
        // Over HTTP/2 other requests share the connection.
        if (request.version() == HttpVersion.HTTP_2) {
            client.reset();
            return Future.succeededFuture();
        }
        return request.connection().close();
    }

    @Override
    public Future<Void> write(Buffer data) {
        body.appendBuffer(data);
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> write(String chunk) {
        return write(Buffer.buffer(chunk));
    }

    @Override
    public Future<Void> write(String chunk, String enc) {
        return write(Buffer.buffer(chunk, enc));
    }

    @Override
    public void write(Buffer data, Handler<AsyncResult<Void>> handler) {
        write(data).onComplete(handler);
    }

    @Override
    public void write(String chunk, Handler<AsyncResult<Void>> handler) {
        write(chunk).onComplete(handler);
    }

    @Override
    public void write(String chunk, String enc, Handler<AsyncResult<Void>> handler) {
        write(chunk, enc).onComplete(handler);
    }

    @Override
    public Future<Void> end() {
        return release(Buffer.buffer());
    }

    @Override
    public Future<Void> end(Buffer chunk) {
        return release(chunk);
    }

    @Override
    public Future<Void> end(String chunk) {
        return release(Buffer.buffer(chunk));
    }

    @Override
    public Future<Void> end(String chunk, String enc) {
        return release(Buffer.buffer(chunk, enc));
    }

    @Override
    public Future<Void> send() {
        return end();
    }

    @Override
    public Future<Void> send(String chunk) {
        return end(chunk);
    }

    @Override
    public Future<Void> send(Buffer chunk) {
        return end(chunk);
    }

    @Override
    public void end(Handler<AsyncResult<Void>> handler) {
        end().onComplete(handler);
    }

    @Override
    public void end(Buffer chunk, Handler<AsyncResult<Void>> handler) {
        end(chunk).onComplete(handler);
    }

    @Override
    public void end(String chunk, Handler<AsyncResult<Void>> handler) {
        end(chunk).onComplete(handler);
    }

    @Override
    public void end(String chunk, String enc, Handler<AsyncResult<Void>> handler) {
        end(chunk, enc).onComplete(handler);
    }
}
