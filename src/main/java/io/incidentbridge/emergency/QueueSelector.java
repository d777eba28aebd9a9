package io.incidentbridge.emergency;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * Where the next call goes: to the first queue with a free agent; when all agents are busy, to one of the staffed queues
 * by weight, so that calls spread in proportion; when none is staffed, to the overflow queue. Without fresh observations
 * to the first queue, as nothing speaks against it.
 */
final class QueueSelector {

    private static final int USUAL_WEIGHT = 100;

    private final Map<String, Integer> weights;
    private final Optional<String> overflow;
    private final Duration observationsLast;
    private final DoubleSupplier random;

    /** @param random from 0 to below 1 */
    QueueSelector(EmergencyConfig.Group group, Duration observationsLast, DoubleSupplier random) {
        this.weights = Map.copyOf(group.queueWeights());
        this.overflow = group.overflowQueueId();
        this.observationsLast = observationsLast;
        this.random = random;
    }

    /**
     * What a flow is told.
     *
     * @param queueId         the queue to use now; empty without an emergency
     * @param weights         of the ordered queues, in their order: how many of 100 calls each gets when all agents are busy
     * @param overflowQueueId where to go after waiting too long; empty when none is configured
     */
    record Choice(String queueId, List<Integer> weights, String overflowQueueId) {}

    Choice choose(List<String> queueIds, Snapshot snapshot) {
        if (queueIds.isEmpty()) {
            return new Choice("", List.of(), "");
        }
        boolean fresh = snapshot.queues().at().plus(observationsLast).isAfter(snapshot.now());
        Map<String, QueueLoad> loads = fresh ? snapshot.queues().byId() : Map.of();
        List<Integer> shares = shares(queueIds, loads);
        String overflowQueue = overflow.orElse("");
        return new Choice(now(queueIds, loads, shares, overflowQueue), shares, overflowQueue);
    }

    private String now(
            List<String> queueIds, Map<String, QueueLoad> loads, List<Integer> shares, String overflowQueue) {
        if (!loads.keySet().containsAll(queueIds)) {
            return queueIds.get(0);
        }
        Optional<String> free =
                queueIds.stream().filter(queue -> loads.get(queue).free() > 0).findFirst();
        return free.orElseGet(() -> {
            int total = shares.stream().mapToInt(Integer::intValue).sum();
            if (total == 0) {
                return overflowQueue.isEmpty() ? queueIds.get(0) : overflowQueue;
            }
            return drawn(queueIds, shares, random.getAsDouble() * total);
        });
    }

    private static String drawn(List<String> queueIds, List<Integer> shares, double point) {
        double passed = 0;
        for (int i = 0; i < queueIds.size(); i++) {
            passed += shares.get(i);
            if (point < passed) {
                return queueIds.get(i);
            }
        }
        return queueIds.get(queueIds.size() - 1);
    }

    /** In percent: the configured weight times the agents there are, shared by those who wait already. */
    private List<Integer> shares(List<String> queueIds, Map<String, QueueLoad> loads) {
        List<Double> raw = new ArrayList<>();
        for (String queue : queueIds) {
            QueueLoad load = loads.getOrDefault(queue, new QueueLoad(1, 0, 0));
            int weight = weights.getOrDefault(queue, USUAL_WEIGHT);
            raw.add(weight * load.agents() / (1.0 + load.waiting()));
        }
        double total = raw.stream().mapToDouble(Double::doubleValue).sum();
        return raw.stream()
                .map(share -> total == 0 ? 0 : (int) Math.round(100 * share / total))
                .toList();
    }
}
