/**
 * Prevents a slow or absent Redis from holding up a caller: every script and command has a deadline.
 *
 * <p>Entry: {@link io.incidentbridge.redis.RedisCommands}.
 */
package io.incidentbridge.redis;
