package io.incidentbridge.outbox;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Notes what it is given, and answers as it is told. */
final class RecordingHandler implements OutboxHandler {

    private final String kind;
    private volatile Function<OutboxItem, Uni<OutboxOutcome>> answer =
            item -> Uni.createFrom().item(OutboxOutcome.done(""));
    final List<OutboxItem> handled = new CopyOnWriteArrayList<>();

    RecordingHandler(String kind) {
        this.kind = kind;
    }

    RecordingHandler answering(Function<OutboxItem, Uni<OutboxOutcome>> outcome) {
        answer = outcome;
        return this;
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public Uni<OutboxOutcome> handle(OutboxItem item) {
        handled.add(item);
        return answer.apply(item);
    }
}
