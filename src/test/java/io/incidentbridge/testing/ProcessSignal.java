package io.incidentbridge.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;

/** What can be told to a process that a test or benchmark has started; Windows has none of it. */
public enum ProcessSignal {
    /** Stops running where it is, with its connections left open. */
    STOP,
    /** Goes on as if no time had passed. */
    CONT;

    private static final int PATIENCE_SECONDS = 5;

    /** @throws IllegalStateException when it does not arrive */
    public void sendTo(long pid) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name(), Long.toString(pid)).start();
            if (!kill.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || kill.exitValue() != 0) {
                throw new IllegalStateException("kill -" + name() + " failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
