import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * ServiceNow as the measured systems see it: the simulated one's answers, which are remembered so that its own work is no part
 * of anybody's figures, after a latency (lognormal, seeded). It notes for how long it held each request, so that of each
 * answer is known what was the vendor's and what was not.
 */
final class Trips implements AutoCloseable {

    private static final String PREFIX = "/sandbox/servicenow";
    private static final String TABLES = PREFIX + "/api/now/table/";

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final HttpClient http = vertx.createHttpClient();
    private final URI simulation;
    private final People people;
    private final Random random;
    private final HttpServer server;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final AtomicLongArray held;
    private final AtomicIntegerArray trips;
    private volatile Latency latency = new Latency(0, 0);

    private record Answer(int status, String type, Buffer body, int about) {}

    private record Latency(double medianMs, double sigma) {}

    /** @param seed the same seed and order of requests give the same latencies */
    Trips(String simulation, People people, long seed) {
        this.simulation = URI.create(simulation);
        this.people = people;
        this.random = new Random(seed);
        this.held = new AtomicLongArray(people.count());
        this.trips = new AtomicIntegerArray(people.count());
        this.server = vertx.createHttpServer().requestHandler(this::handle);
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
    }

    String url() {
        return "http://127.0.0.1:" + server.actualPort() + PREFIX;
    }

    /** From now on; sigma 0 is a constant latency. */
    void latency(double medianMs, double sigma) {
        latency = new Latency(medianMs, sigma);
    }

    void forget(People.Person person) {
        held.set(person.index(), 0);
        trips.set(person.index(), 0);
    }

    /** For how many nanoseconds requests about somebody were held since they were forgotten. */
    long held(People.Person person) {
        return held.get(person.index());
    }

    /** How many requests there were about somebody since they were forgotten. */
    int count(People.Person person) {
        return trips.get(person.index());
    }

    private void handle(HttpServerRequest request) {
        long arrival = System.nanoTime();
        boolean remembered = request.method() == HttpMethod.GET && request.uri().startsWith(TABLES);
        Answer known = remembered ? answers.get(request.uri()) : null;
        if (known != null) {
            answerLate(request, known, arrival);
            return;
        }
        request.body()
                .compose(body -> pass(request, body))
                .onSuccess(answer -> {
                    if (remembered && answer.status() == 200) {
                        answers.put(request.uri(), answer);
                    }
                    answerLate(request, answer, arrival);
                })
                .onFailure(failure -> request.response().setStatusCode(502).end());
    }

    private io.vertx.core.Future<Answer> pass(HttpServerRequest request, Buffer body) {
        RequestOptions options = new RequestOptions()
                .setMethod(request.method())
                .setHost(simulation.getHost())
                .setPort(simulation.getPort())
                .setURI(request.uri());
        for (String header : new String[] {"Authorization", "Content-Type", "Accept"}) {
            if (request.getHeader(header) != null) {
                options.putHeader(header, request.getHeader(header));
            }
        }
        return http.request(options).compose(onward -> onward.send(body)).compose(reply -> reply.body()
                .map(text -> new Answer(
                        reply.statusCode(), reply.getHeader("Content-Type"), text, people.about(request.uri()))));
    }

    private void answerLate(HttpServerRequest request, Answer answer, long arrival) {
        Latency current = latency;
        double factor = current.sigma() == 0 ? 1 : Math.exp(current.sigma() * random.nextGaussian());
        long late = Math.round(current.medianMs() * factor);
        if (late == 0) {
            answer(request, answer, arrival);
        } else {
            vertx.setTimer(late, timer -> answer(request, answer, arrival));
        }
    }

    private void answer(HttpServerRequest request, Answer answer, long arrival) {
        if (answer.about() >= 0) {
            // Before it is sent: whoever gets the answer may look at once.
            held.addAndGet(answer.about(), System.nanoTime() - arrival);
            trips.incrementAndGet(answer.about());
        }
        if (request.response().closed()) {
            return;
        }
        if (answer.type() != null) {
            request.response().putHeader("Content-Type", answer.type());
        }
        request.response().setStatusCode(answer.status()).end(answer.body());
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
