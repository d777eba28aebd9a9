package io.incidentbridge.sandbox;

import java.net.URI;
import java.util.Arrays;

/**
 * The simulated vendors as a process that survives the bridge's death: {@code --port=0 --host=127.0.0.1
 * --bridge-url=http://localhost:8080 --with-redis}. Prints its URL as the first line of standard output, with a Redis that
 * Redis' as the second, and stays until it is killed.
 */
public final class VendorProcess {

    private VendorProcess() {}

    public static void main(String[] args) throws InterruptedException {
        VendorServer server = VendorServer.start(
                option(args, "host", "127.0.0.1"),
                Integer.parseInt(option(args, "port", "0")),
                URI.create(option(args, "bridge-url", "http://localhost:8080")));
        System.out.println(server.baseUrl());
        if (Arrays.asList(args).contains("--with-redis")) {
            System.out.println(EmbeddedRedis.start().url());
        }
        System.out.flush();
        Thread.currentThread().join();
    }

    private static String option(String[] args, String name, String absent) {
        String prefix = "--" + name + "=";
        return Arrays.stream(args)
                .filter(arg -> arg.startsWith(prefix))
                .map(arg -> arg.substring(prefix.length()))
                .findFirst()
                .orElse(absent);
    }
}
