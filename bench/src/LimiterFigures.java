/** What one round showed of a limiter. */
record LimiterFigures(double p50, double p99, double perSecond, double redisCpu) {

    LimiterFigures over(LimiterFigures other) {
        return new LimiterFigures(
                p50 / other.p50, p99 / other.p99, perSecond / other.perSecond, redisCpu / other.redisCpu);
    }
}
