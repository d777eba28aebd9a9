import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** A limiter with a limit that is never reached, or with one that is spent at once; or a PING. */
record LimiterSubject(String name, boolean admits, boolean byBridge, Supplier<CompletionStage<Boolean>> call) {

    String title() {
        return name.contains("PING") ? name : title(name, admits);
    }

    static String title(String name, boolean admits) {
        return name + (admits ? ", all admitted" : ", most refused");
    }
}
