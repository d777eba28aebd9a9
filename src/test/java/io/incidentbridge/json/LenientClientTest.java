package io.incidentbridge.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.junit.jupiter.api.Test;

/** Strictness is for requests only: a vendor's answer may hold fields that the bridge does not know. */
@QuarkusTest
class LenientClientTest {

    @TestHTTPResource("/")
    URI bridge;

    @RegisterRestClient(baseUri = "http://localhost")
    @Path("/test-echo")
    @Consumes(MediaType.APPLICATION_JSON)
    public interface EchoClient {

        @POST
        Answer echo(Question question);
    }

    public record Question(String id, int ttl) {}

    public record Answer(String id, String ttl) {}

    @Test
    void shouldIgnoreUnknownFieldsOfAnAnswer() {
        EchoClient client =
                QuarkusRestClientBuilder.newBuilder().baseUri(bridge).build(EchoClient.class);

        Answer answer = client.echo(new Question("a", 7));

        assertThat(answer).isEqualTo(new Answer("a", "7"));
    }
}
