package io.incidentbridge.openapi;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same against the packaged application: an executable must carry the files. */
@QuarkusIntegrationTest
class ApiDescriptionIT extends ApiDescriptionTest {}
