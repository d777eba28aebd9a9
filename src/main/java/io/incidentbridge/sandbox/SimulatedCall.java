package io.incidentbridge.sandbox;

import io.incidentbridge.sandbox.genesys.ConversationState;
import io.incidentbridge.sandbox.genesys.GenesysSimulator;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.UUID;

/** One call from ringing to wrap-up. */
final class SimulatedCall {

    private final CallRun run;
    private final BridgeClient bridge;
    private final GenesysSimulator genesys;
    private final String ani;
    private final String conversationId = UUID.randomUUID().toString();
    private final Instant began = Instant.now();

    SimulatedCall(CallRun run, BridgeClient bridge, GenesysSimulator genesys, String ani) {
        this.run = run;
        this.bridge = bridge;
        this.genesys = genesys;
        this.ani = ani;
    }

    void begin() {
        if (genesys != null) {
            genesys.startConversation(conversationId, ani);
        }
        // Begun inside a future: a client that is being closed throws, and the call must end all the same.
        Future.succeededFuture()
                .compose(begin -> lookUp())
                .compose(found -> wrapUp())
                .onFailure(e -> run.callFailed(e.toString()))
                .onComplete(done -> run.callEnded());
    }

    private Future<Void> lookUp() {
        JsonObject request = new JsonObject().put("ani", ani).put("conversationId", conversationId);
        return timed("/v1/callers/lookup", request).map(answer -> {
            expectSuccess("lookup", answer);
            run.lookedUp(answer.outcome());
            move(ConversationState.CONNECTED);
            return null;
        });
    }

    private Future<Void> wrapUp() {
        // Not further: the bridge may link back late, and Genesys refuses attributes once a conversation has ended.
        move(ConversationState.WRAPUP);
        JsonObject request = new JsonObject()
                .put("conversationId", conversationId)
                .put("wrapUpCode", run.order().topic())
                .put("ani", ani)
                .put("direction", "inbound")
                .put("queueName", "Service Desk")
                .put("agentName", "Sandbox Agent")
                .put("startTime", began.toString())
                .put("endTime", Instant.now().toString());
        return timed("/v1/wrapups", request).map(answer -> {
            if (answer.status() == 404) {
                run.wrapUpUnavailable();
            } else {
                expectSuccess("wrap-up", answer);
                run.wrappedUp(answer.outcome());
            }
            return null;
        });
    }

    private Future<BridgeClient.Answer> timed(String path, JsonObject request) {
        long begin = System.nanoTime();
        return bridge.post(path, request).onSuccess(answer -> run.took((System.nanoTime() - begin) / 1_000_000));
    }

    private void move(ConversationState state) {
        if (genesys != null) {
            genesys.moveConversation(conversationId, state);
        }
    }

    private static void expectSuccess(String what, BridgeClient.Answer answer) {
        if (answer.status() >= 300) {
            throw new IllegalStateException(what + " was answered with " + answer.status());
        }
    }
}
