/**
 * Prevents a request that a client repeats, because its answer was lost, from being done twice: an explicit
 * {@code Idempotency-Key} is answered once and replayed from then on.
 *
 * <p>Entry: {@link io.incidentbridge.idempotency.IdempotencyGuard}; resources join with
 * {@link io.incidentbridge.idempotency.Idempotent}.
 */
package io.incidentbridge.idempotency;
