package io.incidentbridge.correlation;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps callers out of traces, when those are on: numbers are in ServiceNow's queries, signatures in the agent page's, ids in
 * paths. Of an address a span keeps the host and the words of the path; what it was about is in the span's name and route.
 */
@Singleton
class SpanPrivacy implements SpanProcessor {

    private static final AttributeKey<String> FULL = AttributeKey.stringKey("url.full");
    private static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");
    private static final List<AttributeKey<String>> HIDDEN = List.of(
            AttributeKey.stringKey("url.query"),
            AttributeKey.stringKey("client.address"),
            AttributeKey.stringKey("enduser.id"));

    /** What our own and the vendors' paths are made of, apart from ids: {@code api}, {@code v1}, {@code oauth_token.do}. */
    private static final Pattern WORD = Pattern.compile("[a-z_-]{1,40}(\\.do)?|v\\d{1,2}");

    private static final String ID = "*";

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        HIDDEN.stream().filter(key -> span.getAttribute(key) != null).forEach(key -> span.setAttribute(key, ""));
        String full = span.getAttribute(FULL);
        if (full != null) {
            span.setAttribute(FULL, address(full));
        }
        String path = span.getAttribute(PATH);
        if (path != null) {
            span.setAttribute(PATH, words(path));
        }
    }

    /** The address without a query, and without what is not a word in its path. */
    static String address(String full) {
        try {
            URI uri = URI.create(full);
            return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort())
                    + words(uri.getRawPath());
        } catch (IllegalArgumentException notAnAddress) {
            return "";
        }
    }

    static String words(String path) {
        return Stream.of(path.split("/", -1))
                .map(segment -> segment.isEmpty() || WORD.matcher(segment).matches() ? segment : ID)
                .collect(Collectors.joining("/"));
    }

    @Override
    public boolean isStartRequired() {
        return true;
    }

    @Override
    public void onEnd(ReadableSpan span) {}

    @Override
    public boolean isEndRequired() {
        return false;
    }
}
