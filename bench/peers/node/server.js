// A gateway before ServiceNow: one read of the incident table, under a limit in Redis and behind a circuit breaker.
import fastify from 'fastify';
import { Redis } from 'ioredis';
import CircuitBreaker from 'opossum';
import { RateLimiterRedis } from 'rate-limiter-flexible';
import { Pool } from 'undici';
import { variant } from './variants.js';

const { PORT, SERVICENOW_HOST, SERVICENOW_PATH, SERVICENOW_AUTH, REDIS_URL, BENCH_KEY, LIMIT_PER_MINUTE } = process.env;
const TIMEOUT_MS = 2_000;
const RETRIED = new Set([502, 503, 504]);
const BROKEN = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

const redis = new Redis(REDIS_URL, variant.redis);
redis.on('error', () => {}); // ioredis connects again by itself; the limiter tells each request

const limiter = new RateLimiterRedis({
  storeClient: redis,
  keyPrefix: 'servicenow',
  points: Number(LIMIT_PER_MINUTE),
  duration: 60,
  ...variant.limiter,
});
const servicenow = new Pool(`http://${SERVICENOW_HOST}`, {
  headersTimeout: TIMEOUT_MS,
  bodyTimeout: TIMEOUT_MS,
  ...variant.pool,
});
const breaker = new CircuitBreaker(read, { timeout: TIMEOUT_MS, ...variant.breaker });

/** An answer that the breaker counts as a failure. */
class Failure extends Error {
  constructor(answer) {
    super(`ServiceNow answered ${answer.status}`);
    this.answer = answer;
  }
}

async function read(query) {
  const reply = await servicenow.request({
    method: 'GET',
    path: `${SERVICENOW_PATH}/api/now/table/incident${query}`,
    headers: { accept: 'application/json', authorization: SERVICENOW_AUTH },
  });
  const answer = {
    status: reply.statusCode,
    type: reply.headers['content-type'],
    body: Buffer.from(await reply.body.arrayBuffer()),
  };
  if (answer.status >= 500) {
    throw new Failure(answer);
  }
  return answer;
}

async function readWithRetry(query) {
  try {
    return await breaker.fire(query);
  } catch (error) {
    if (RETRIED.has(error.answer?.status) || BROKEN.has(error.code)) {
      return breaker.fire(query);
    }
    throw error;
  }
}

const server = fastify();

server.get('/health', async () => 'ok');

server.get('/api/now/table/incident', async (request, reply) => {
  if (request.headers['x-api-key'] !== BENCH_KEY) {
    return reply.code(401).send();
  }
  try {
    await limiter.consume('all');
  } catch (refusal) {
    return reply.code(refusal instanceof Error ? 503 : 429).send();
  }
  const start = request.url.indexOf('?');
  try {
    const answer = await readWithRetry(start < 0 ? '' : request.url.slice(start));
    return reply.code(answer.status).type(answer.type).send(answer.body);
  } catch (error) {
    if (error.answer) {
      return reply.code(error.answer.status).type(error.answer.type).send(error.answer.body);
    }
    const timedOut = error.code === 'ETIMEDOUT' || error.code === 'UND_ERR_HEADERS_TIMEOUT';
    return reply.code(timedOut ? 504 : 503).send();
  }
});

await server.listen({ host: '127.0.0.1', port: Number(PORT) });
process.on('SIGTERM', () => process.exit(0));
