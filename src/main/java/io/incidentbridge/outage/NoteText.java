package io.incidentbridge.outage;

import jakarta.enterprise.context.ApplicationScoped;

/** The texts on master incidents. */
@ApplicationScoped
class NoteText {

    private final OutageConfig config;
    private final Topics topics;

    NoteText(OutageConfig config, Topics topics) {
        this.config = config;
        this.topics = topics;
    }

    String title(String topic) {
        return config.master().title().replace("{topic}", topics.title(topic));
    }

    /** Tells of a batch. */
    String batch(OutageRecord outage, Batch batch) {
        long more = batch.total() - batch.before();
        StringBuilder text = new StringBuilder()
                .append(more)
                .append(more == 1 ? " call" : " calls")
                .append(" noted by Incident Bridge, ")
                .append(batch.total())
                .append(" in all.\nConversations: ")
                .append(String.join(", ", batch.conversations()));
        long untold = more - batch.conversations().size();
        if (untold > 0) {
            text.append(", and ").append(untold).append(" more");
        }
        return text.append("\nLedger: ").append(ledger(outage.id())).toString();
    }

    /** Tells that it is over. */
    String end(OutageRecord outage) {
        return "The outage ended at " + outage.closed() + ". " + outage.noted()
                + (outage.noted() == 1 ? " call was" : " calls were") + " noted by Incident Bridge.\nLedger: "
                + ledger(outage.id());
    }

    private String ledger(String outage) {
        return config.notes().ledgerUrl().map(Object::toString).orElse("").replaceAll("/$", "")
                + "/v1/ops/outages/ledger/" + outage;
    }
}
