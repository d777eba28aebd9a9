/**
 * Prevents a slow or absent Redis from holding up a caller: every script and command has a deadline.
 *
 * <p>Entry: {@link io.incidentbridge.redis.RedisScript}.
 */
package io.incidentbridge.redis;
