package io.incidentbridge.servicenow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.incidentbridge.itsm.ConnectorException;
import io.incidentbridge.itsm.FailureReason;
import io.incidentbridge.ratelimit.BudgetRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The budget as it is wired: taken by the client's request filter, of one bucket that goes from full to empty here. */
@QuarkusTest
@QuarkusTestResource(value = VendorAndRedis.class, restrictToAnnotatedClass = true)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ServiceNowBudgetResourceTest {

    @Inject
    ServiceNowConnector serviceNow;

    @Test
    @Order(1)
    void shouldTakeTheHeaderOffAgain() {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(lookup()).isNull());

        assertThat(VendorAndRedis.REQUESTS)
                .noneMatch(request -> request.headers().contains(BudgetRequest.HEADER));
    }

    @Test
    @Order(2)
    void shouldPauseAfterARefusal() {
        VendorAndRedis.status = 429;
        assertThat(lookup().retryAfter()).contains(Duration.ofSeconds(30));
        VendorAndRedis.status = 200;
        int sent = VendorAndRedis.REQUESTS.size();

        await().untilAsserted(() -> assertThat(lookup().getMessage()).contains("budget"));
        assertThat(VendorAndRedis.REQUESTS.size() - sent).isLessThanOrEqualTo(2);
        assertThat(lookup().reason()).isEqualTo(FailureReason.RATE_LIMITED);
        assertThat(lookup().retryAfter().orElseThrow()).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(30));
    }

    private ConnectorException lookup() {
        try {
            serviceNow.usersByEmployeeId("1").await().atMost(Duration.ofSeconds(10));
            return null;
        } catch (ConnectorException refused) {
            return refused;
        }
    }
}
