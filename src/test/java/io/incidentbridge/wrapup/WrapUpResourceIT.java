package io.incidentbridge.wrapup;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class WrapUpResourceIT extends WrapUpResourceTest {}
