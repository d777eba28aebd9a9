import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A running system between the phone and ServiceNow, the bridge or a peer. */
interface Gateway extends AutoCloseable {

    /** A request to it; no body for a GET. */
    record Question(String url, Map<String, String> headers, String body) {

        String method() {
            return body == null ? "GET" : "POST";
        }
    }

    /** What an answer is worth. */
    enum Verdict {
        ANSWERED,
        /** Told that there is no room, or that ServiceNow cannot be asked. */
        REFUSED,
        WRONG
    }

    /** Asks for what an agent needs to know of a caller. */
    Question about(People.Person person);

    /** Asks for what costs one request to ServiceNow and is in no cache. */
    Question anew(int turn);

    /** All of them are in the body of every whole answer about a person, and in no other one. */
    List<String> signs();

    Verdict judge(Client.Reply reply);

    /** The process, which may have children. */
    long pid();

    /** From the start of the process to its first whole answer. */
    double firstAnswerMs();

    /** The client that asks it. */
    Client client();

    default CompletableFuture<Client.Reply> ask(People.Person person) {
        return client().send(about(person));
    }

    default boolean isWhole(Client.Reply reply) {
        return reply != null && reply.status() == 200 && signs().stream().allMatch(reply.body()::contains);
    }

    @Override
    void close();
}
