package io.incidentbridge.sandbox;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Supplier;

/** One run of a guided tour: its steps one after the other, each begun, then awaited. Told as JSON at any time. */
final class Tour {

    private static final long LOOK_EVERY_MS = 500;
    private static final long PATIENCE_MS = 90_000;

    private final Vertx vertx;
    private final String name;
    private final List<Step> steps;
    private int current;
    private long begun;
    private String problem = "";

    /**
     * @param title what a person reads
     * @param begin makes it happen
     * @param seen  whether it can be seen to have happened; asked again and again
     */
    record Step(String title, Supplier<Future<?>> begin, Supplier<Future<Boolean>> seen) {

        /** A step that happens by itself. */
        static Step awaited(String title, Supplier<Future<Boolean>> seen) {
            return new Step(title, Future::succeededFuture, seen);
        }
    }

    Tour(Vertx vertx, String name, List<Step> steps) {
        this.vertx = vertx;
        this.name = name;
        this.steps = steps;
    }

    Tour start() {
        begin();
        return this;
    }

    synchronized boolean running() {
        return current < steps.size() && problem.isEmpty();
    }

    synchronized JsonObject toJson() {
        JsonArray told = new JsonArray();
        for (int i = 0; i < steps.size(); i++) {
            String state = i < current ? "done" : i > current ? "later" : problem.isEmpty() ? "now" : "failed";
            told.add(new JsonObject().put("title", steps.get(i).title()).put("state", state));
        }
        return new JsonObject()
                .put("name", name)
                .put("running", running())
                .put("recovered", current == steps.size())
                .put("problem", problem)
                .put("steps", told);
    }

    private void begin() {
        begun = System.nanoTime();
        Step step = step();
        // What a step throws is caught there, too.
        Future.succeededFuture()
                .compose(ready -> step.begin().get())
                .onSuccess(done -> look())
                .onFailure(this::fail);
    }

    private void look() {
        Step step = step();
        Future.succeededFuture()
                .compose(ready -> step.seen().get())
                .onSuccess(this::onSeen)
                .onFailure(e -> onSeen(false));
    }

    private void onSeen(boolean seen) {
        if (seen) {
            synchronized (this) {
                current++;
            }
            if (running()) {
                begin();
            }
        } else if ((System.nanoTime() - begun) / 1_000_000 > PATIENCE_MS) {
            fail(new IllegalStateException("This did not happen within " + PATIENCE_MS / 1_000 + " s."));
        } else {
            vertx.setTimer(LOOK_EVERY_MS, timer -> look());
        }
    }

    private synchronized Step step() {
        return steps.get(current);
    }

    private synchronized void fail(Throwable cause) {
        problem = String.valueOf(cause.getMessage());
    }
}
