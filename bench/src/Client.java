import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.CompletableFuture;

/** Sends requests over HTTP/1.1 and answers on an event loop; a request waits for no other one's connection. */
final class Client implements AutoCloseable {

    private static final long PATIENCE_MS = 30_000;

    /**
     * An answer, whatever its status.
     *
     * @param at when its last byte had come, as {@link System#nanoTime} tells
     */
    record Reply(int status, String body, long at) {}

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Context context = vertx.getOrCreateContext();
    // Shorter than any server keeps an idle connection: a request on one that is just being closed would fail.
    private final HttpClient http = vertx.createHttpClient(
            new HttpClientOptions().setMaxPoolSize(2_000).setKeepAliveTimeout(3).setTcpNoDelay(true));

    CompletableFuture<Reply> send(Gateway.Question question) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(question.method()))
                .setAbsoluteURI(question.url())
                .setTimeout(PATIENCE_MS);
        question.headers().forEach(options::putHeader);
        if (question.body() != null) {
            options.putHeader("Content-Type", "application/json");
        }
        CompletableFuture<Reply> answer = new CompletableFuture<>();
        // All of it on the event loop: from another thread the body could be gone before somebody waits for it.
        context.runOnContext(now -> http.request(options)
                .compose(request ->
                        question.body() == null ? request.send() : request.send(Buffer.buffer(question.body())))
                .compose(response -> response.body()
                        .map(body -> new Reply(response.statusCode(), body.toString(), System.nanoTime())))
                .onSuccess(answer::complete)
                .onFailure(answer::completeExceptionally));
        return answer;
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
