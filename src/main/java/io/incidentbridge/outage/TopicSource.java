package io.incidentbridge.outage;

/** A wrap-up's field that is its topic. */
public enum TopicSource {
    WRAP_UP_CODE,
    CATEGORY,
    QUEUE
}
