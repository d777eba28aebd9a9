package io.incidentbridge.console;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/** An OpenID provider that keeps to the code flow with PKCE as strictly as real ones do; whoever comes is signed in. */
final class OpenIdProvider implements AutoCloseable {

    static final String CLIENT = "incident-bridge";

    /** What it says to a refusal, for nobody to pass on. */
    static final String DESCRIPTION = "<b>no-such-person</b>";

    /** Something that a provider or somebody on the way does wrong. */
    enum Flaw {
        NONE,
        DENIES,
        TOKENS_FAIL,
        ANOTHER_NONCE,
        ANOTHER_AUDIENCE,
        ANOTHER_KEY,
        EXPIRED
    }

    /** A code that was given out, with what it was asked for by. */
    private record Asked(String challenge, String nonce, String redirectUri) {}

    private final int port;
    private final RsaJsonWebKey key = key();
    private final RsaJsonWebKey anotherKey = key();
    private final Map<String, Asked> codes = new ConcurrentHashMap<>();
    private final AtomicInteger redeemed = new AtomicInteger();
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private HttpServer server;
    private volatile String secret;
    private volatile String name = "";
    private volatile List<String> roles = List.of();
    private volatile Flaw flaw = Flaw.NONE;
    private volatile boolean asks;

    /** Closed at first. */
    OpenIdProvider(int port, String secret) {
        this.port = port;
        this.secret = secret;
    }

    String url() {
        // Another site than 127.0.0.1, as a real provider is.
        return "http://localhost:" + port;
    }

    void open() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/.well-known/openid-configuration", exchange -> answer(exchange, 200, metadata()));
        server.createContext("/jwks", exchange -> answer(exchange, 200, new JsonWebKeySet(key).toJson()));
        server.createContext("/authorize", this::authorize);
        server.createContext("/token", this::token);
        server.createContext("/", exchange -> send(exchange, 204, ""));
        server.start();
    }

    /** Who signs in from now on. */
    void person(String name, String... roles) {
        this.name = name;
        this.roles = List.of(roles);
        this.flaw = Flaw.NONE;
        this.asks = false;
    }

    void flaw(Flaw flaw) {
        this.flaw = flaw;
    }

    /** Shows a page to click on, as it does for somebody who has to say who he is. */
    void ask() {
        this.asks = true;
    }

    void rotate(String secret) {
        this.secret = secret;
    }

    /** How many codes were redeemed, or tried to be. */
    int redeemed() {
        return redeemed.get();
    }

    private String metadata() {
        return new JsonObject()
                .put("issuer", url())
                .put("authorization_endpoint", url() + "/authorize")
                .put("token_endpoint", url() + "/token")
                .put("jwks_uri", url() + "/jwks")
                .put("response_types_supported", new JsonArray().add("code"))
                .put("subject_types_supported", new JsonArray().add("public"))
                .put("id_token_signing_alg_values_supported", new JsonArray().add("RS256"))
                .put("code_challenge_methods_supported", new JsonArray().add("S256"))
                .encode();
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> query = form(exchange.getRequestURI().getRawQuery());
        if (!CLIENT.equals(query.get("client_id"))
                || !"code".equals(query.get("response_type"))
                || !"S256".equals(query.get("code_challenge_method"))
                || !query.getOrDefault("scope", "").contains("openid")
                || !query.containsKey("nonce")
                || !query.getOrDefault("redirect_uri", "").endsWith("/console/sso")) {
            answer(exchange, 400, "{\"error\":\"invalid_request\"}");
            return;
        }
        String back = query.get("redirect_uri") + "?state=" + encode(query.get("state"));
        if (flaw == Flaw.DENIES) {
            redirect(exchange, back + "&error=access_denied&error_description=" + encode(DESCRIPTION));
            return;
        }
        String code = UUID.randomUUID().toString();
        codes.put(code, new Asked(query.get("code_challenge"), query.get("nonce"), query.get("redirect_uri")));
        if (asks) {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            send(
                    exchange,
                    200,
                    "<a id=\"yes\" href=\"" + back.replace("&", "&amp;") + "&amp;code=" + code + "\">It is me</a>");
        } else {
            redirect(exchange, back + "&code=" + code);
        }
    }

    private void token(HttpExchange exchange) throws IOException {
        redeemed.incrementAndGet();
        Map<String, String> form = form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        String basic = Base64.getEncoder().encodeToString((CLIENT + ":" + secret).getBytes(StandardCharsets.UTF_8));
        Asked asked = codes.get(form.getOrDefault("code", ""));
        if (flaw == Flaw.TOKENS_FAIL) {
            answer(exchange, 500, "{\"error\":\"server_error\",\"error_description\":\"" + DESCRIPTION + "\"}");
        } else if (!("Basic " + basic).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer(exchange, 401, "{\"error\":\"invalid_client\"}");
        } else if (asked == null
                || !"authorization_code".equals(form.get("grant_type"))
                || !asked.redirectUri().equals(form.get("redirect_uri"))
                || !asked.challenge().equals(challenge(form.getOrDefault("code_verifier", "")))) {
            answer(exchange, 400, "{\"error\":\"invalid_grant\"}");
        } else {
            codes.remove(form.get("code"));
            answer(exchange, 200, tokens(asked));
        }
    }

    private String tokens(Asked asked) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(url());
        claims.setSubject("subject of " + name);
        claims.setAudience(flaw == Flaw.ANOTHER_AUDIENCE ? "another-client" : CLIENT);
        NumericDate now = NumericDate.now();
        if (flaw == Flaw.EXPIRED) {
            now.addSeconds(-3600);
        }
        NumericDate end = NumericDate.fromSeconds(now.getValue() + 300);
        claims.setIssuedAt(now);
        claims.setExpirationTime(end);
        claims.setClaim("nonce", flaw == Flaw.ANOTHER_NONCE ? "another" : asked.nonce());
        claims.setClaim("preferred_username", name);
        claims.setStringListClaim("roles", roles);
        return new JsonObject()
                .put("id_token", sign(claims))
                .put("access_token", UUID.randomUUID().toString())
                .put("refresh_token", UUID.randomUUID().toString())
                .put("token_type", "Bearer")
                .put("expires_in", 300)
                .encode();
    }

    /**
     * A token as it gives one to a program, for an API.
     *
     * @param audience whose API; null for none in particular
     */
    String bearer(String audience, String name, String... roles) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(url());
        claims.setSubject(name);
        if (audience != null) {
            claims.setAudience(audience);
        }
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(5);
        claims.setStringListClaim("roles", roles);
        return sign(claims);
    }

    private String sign(JwtClaims claims) {
        JsonWebSignature token = new JsonWebSignature();
        token.setPayload(claims.toJson());
        token.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        token.setKeyIdHeaderValue(key.getKeyId());
        token.setKey((flaw == Flaw.ANOTHER_KEY ? anotherKey : key).getPrivateKey());
        try {
            return token.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RsaJsonWebKey key() {
        try {
            RsaJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
            key.setKeyId("only");
            key.setAlgorithm(AlgorithmIdentifiers.RSA_USING_SHA256);
            key.setUse("sig");
            return key;
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String challenge(String verifier) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> form(String encoded) {
        return Stream.of(encoded == null ? new String[0] : encoded.split("&"))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2)
                .collect(Collectors.toMap(
                        pair -> pair[0],
                        pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8),
                        (one, other) -> other));
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static void redirect(HttpExchange exchange, String address) throws IOException {
        exchange.getResponseHeaders().set("Location", address);
        send(exchange, 302, "");
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        send(exchange, status, json);
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        try (exchange) {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            // No connection is left over to be broken when it is shut.
            exchange.getResponseHeaders().set("Connection", "close");
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** Answers nobody any more; may be opened again. */
    void shut() {
        if (server != null) {
            server.stop(0);
        }
    }

    @Override
    public void close() {
        shut();
        threads.shutdownNow();
    }
}
