package io.incidentbridge.console;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same against the packaged application: a native executable must hold the templates and what pages load. */
@QuarkusIntegrationTest
class ConsoleIT extends ConsoleTest {}
