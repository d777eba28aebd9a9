package io.incidentbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.incidentbridge.sandbox.genesys.GenesysSimulator;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CallGeneratorTest {

    private final Vertx vertx = Vertx.vertx();
    private final ConcurrentLinkedQueue<JsonObject> lookups = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<JsonObject> wrapUps = new ConcurrentLinkedQueue<>();
    private Router bridge;
    private VendorClient vendors;

    @BeforeEach
    void start() throws Exception {
        bridge = Router.router(vertx);
        bridge.route().handler(BodyHandler.create(false));
        bridge.post("/v1/callers/lookup").handler(ctx -> {
            boolean keyed = "sandbox-data-action".equals(ctx.request().getHeader("X-API-Key"));
            lookups.add(ctx.body().asJsonObject());
            ctx.response().setStatusCode(keyed ? 200 : 401);
            ctx.json(new JsonObject().put("status", "NOT_FOUND"));
        });
        HttpServer server = vertx.createHttpServer()
                .requestHandler(bridge)
                .listen(0)
                .toCompletionStage()
                .toCompletableFuture()
                .get();
        Clock clock = Clock.systemUTC();
        URI bridgeUrl = URI.create("http://localhost:" + server.actualPort());
        vendors = VendorClient.start(clock, bridgeUrl, List.of(new GenesysSimulator(clock)));
    }

    @AfterEach
    void stop() {
        vendors.close();
        vertx.close();
    }

    @Test
    void shouldHaveNoRunAtFirst() throws Exception {
        JsonObject progress = vendors.json("/sandbox/calls");

        assertThat(progress.getBoolean("running")).isFalse();
        assertThat(progress.getInteger("started")).isZero();
    }

    @Test
    void shouldPlayWholeCalls() throws Exception {
        bridge.post("/v1/wrapups").handler(ctx -> {
            wrapUps.add(ctx.body().asJsonObject());
            ctx.json(new JsonObject().put("status", "CREATED"));
        });

        HttpResponse<String> answer = vendors.control(
                "POST", "/sandbox/calls", "{\"count\":20,\"perSecond\":200,\"topic\":\"vpn\",\"knownCallers\":0}");

        assertThat(answer.statusCode()).isEqualTo(202);
        JsonObject progress = finished();
        assertThat(progress.getInteger("started")).isEqualTo(20);
        assertThat(progress.getJsonObject("lookups")).isEqualTo(new JsonObject().put("NOT_FOUND", 20));
        assertThat(progress.getJsonObject("wrapUps")).isEqualTo(new JsonObject().put("CREATED", 20));
        assertThat(progress.getInteger("failed")).isZero();
        assertThat(lookups)
                .allSatisfy(lookup -> assertThat(lookup.getString("ani")).matches("\\+14152\\d{6}"));
        assertThat(wrapUps)
                .allSatisfy(wrapUp -> assertThat(wrapUp.getString("wrapUpCode")).isEqualTo("vpn"));
        String conversation = wrapUps.peek().getString("conversationId");
        assertThat(vendors.call(vendors.token("observer"), "GET", "conversations/" + conversation, null)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void shouldCountWrapUpsThatTheBridgeDoesNotHave() throws Exception {
        vendors.control("POST", "/sandbox/calls", "{\"count\":3,\"perSecond\":100}");

        JsonObject progress = finished();
        assertThat(progress.getInteger("wrapUpsUnavailable")).isEqualTo(3);
        assertThat(progress.getInteger("failed")).isZero();
    }

    @Test
    void shouldRunOneGenerationAtATime() throws Exception {
        vendors.control("POST", "/sandbox/calls", "{\"count\":100,\"perSecond\":0.1}");

        HttpResponse<String> second = vendors.control("POST", "/sandbox/calls", "{\"count\":1}");

        assertThat(second.statusCode()).isEqualTo(409);
    }

    private JsonObject finished() {
        return await().until(() -> vendors.json("/sandbox/calls"), progress -> !progress.getBoolean("running"));
    }
}
