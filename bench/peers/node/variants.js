// What default and tuned differ in; ../README.md says why.
import { RateLimiterMemory } from 'rate-limiter-flexible';

const limit = Number(process.env.LIMIT_PER_MINUTE);
const share = Math.floor(limit / Number(process.env.PROCESSES));

const variants = {
  default: {
    pool: {},
    redis: { enableOfflineQueue: false },
    limiter: {},
    breaker: {},
  },
  tuned: {
    pool: { connections: 128, keepAliveTimeout: 60_000, keepAliveMaxTimeout: 60_000, connect: { timeout: 500 } },
    redis: {
      enableOfflineQueue: false,
      enableAutoPipelining: true,
      connectTimeout: 500,
      commandTimeout: 150,
      maxRetriesPerRequest: 0,
      retryStrategy: (attempt) => Math.min(attempt * 50, 500),
    },
    limiter: {
      insuranceLimiter: new RateLimiterMemory({ points: share, duration: 60 }),
      inMemoryBlockOnConsumed: limit + 1,
    },
    breaker: { volumeThreshold: 20, resetTimeout: 5_000 },
  },
};

export const variant = variants[process.env.VARIANT];
