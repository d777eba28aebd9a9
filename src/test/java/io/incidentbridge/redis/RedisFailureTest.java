package io.incidentbridge.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.redis.client.impl.types.ErrorType;
import java.io.IOException;
import java.net.ConnectException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisFailureTest {

    @ParameterizedTest
    @CsvSource({
        "READONLY You can't write against a read only replica., NOT_RUN",
        "ERR Error running script (call to f_1): @user_script:1: -READONLY You can't write, NOT_RUN",
        "NOREPLICAS Not enough good replicas to write., NOT_RUN",
        "LOADING Redis is loading the dataset in memory, NOT_RUN",
        "CLUSTERDOWN Hash slot not served, NOT_RUN",
        "MASTERDOWN Link with MASTER is down, NOT_RUN",
        "MOVED 1234 127.0.0.1:7000, NOT_RUN",
        "TRYAGAIN Multiple keys request during rehashing of slot, NOT_RUN",
        "BUSY Redis is busy running a script, NOT_RUN",
        "CONNECTION_CLOSED, LOST",
        "WRONGTYPE Operation against a key holding the wrong kind of value, REFUSED",
        "OOM command not allowed when used memory > 'maxmemory'., REFUSED",
        "ERR value is not an integer or out of range, REFUSED",
    })
    void shouldReadReplies(String reply, RedisFailure expected) {
        assertThat(RedisFailure.of(ErrorType.create(reply))).isEqualTo(expected);
    }

    @Test
    void shouldReadTheClientsOwnFailures() {
        assertThat(RedisFailure.of(new TimeoutException("150 ms"))).isEqualTo(RedisFailure.TIMED_OUT);
        assertThat(RedisFailure.of(new ConnectException("refused"))).isEqualTo(RedisFailure.NOT_RUN);
        assertThat(RedisFailure.of(new NoStackTraceThrowable("Connection is closed")))
                .isEqualTo(RedisFailure.NOT_RUN);
        assertThat(RedisFailure.of(new IOException("Connection reset by peer"))).isEqualTo(RedisFailure.LOST);
        assertThat(RedisFailure.of(new VertxException("Connection was closed"))).isEqualTo(RedisFailure.LOST);
    }
}
