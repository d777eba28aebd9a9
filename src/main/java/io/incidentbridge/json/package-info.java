/**
 * Prevents a request that only looks right from being taken: bodies are read strictly, nothing is guessed or coerced.
 * Only requests are read so; answers of vendors go through Quarkus' own lenient mapper.
 *
 * <p>Entry: {@link io.incidentbridge.json.StrictJsonReader}; for times {@link io.incidentbridge.json.OffsetTime}.
 */
package io.incidentbridge.json;
