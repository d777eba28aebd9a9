package io.incidentbridge.json;

import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;

/** Lets REST Assured send bytes as JSON without looking at them. */
final class RawJson {

    static final RestAssuredConfig CONFIG = RestAssuredConfig.config()
            .encoderConfig(EncoderConfig.encoderConfig()
                    .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                    .encodeContentTypeAs("application/json", ContentType.BINARY));

    private RawJson() {}
}
