package io.incidentbridge.caller;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same against the packaged application, a jar or an executable. */
@QuarkusIntegrationTest
class AgentPageResourceIT extends AgentPageResourceTest {}
