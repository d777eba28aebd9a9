package io.incidentbridge.security;

import io.incidentbridge.problem.BridgePaths;
import io.incidentbridge.problem.ProblemAnswer;
import io.incidentbridge.problem.ProblemType;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jboss.logging.Logger;

/**
 * Turns an API key into an identity. A bearer token is left to OpenID Connect, which follows in the chain and passes
 * when it is not configured; the request is then anonymous and refused by the resource.
 */
@ApplicationScoped
class ApiKeyMechanism implements HttpAuthenticationMechanism {

    private static final Logger LOG = Logger.getLogger(ApiKeyMechanism.class);

    private final ApiKeys keys;

    ApiKeyMechanism(ApiKeys keys) {
        this.keys = keys;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identityProviders) {
        // The simulated vendors take Basic credentials of their own.
        Optional<String> presented = BridgePaths.isSimulatedVendor(context)
                ? Optional.empty()
                : PresentedKey.in(context.request().headers());
        if (presented.isEmpty()) {
            return Uni.createFrom().nullItem();
        }
        return keys.find(presented.get())
                .filter(key -> !key.certificate() || isProven(context.request(), key.client()))
                .map(key -> Uni.createFrom().item(identity(key)))
                .orElseGet(() -> Uni.createFrom().failure(new AuthenticationFailedException("Unknown API key")));
    }

    /** Whether the connection has shown a certificate, which has been verified by then. */
    private static boolean isProven(HttpServerRequest request, String client) {
        SSLSession session = request.sslSession();
        try {
            if (session != null && session.getPeerCertificates().length > 0) {
                return true;
            }
        } catch (SSLPeerUnverifiedException none) {
            LOG.debug("no certificate was shown", none);
        }
        // Only who has the key can write this line.
        LOG.warnf("A key is refused as its caller showed no certificate: client=%s", client);
        return false;
    }

    private static SecurityIdentity identity(KeyRing.Key key) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(key.client()))
                .addRoles(key.rights())
                .build();
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom()
                .item(new ChallengeData(
                        ProblemType.UNAUTHENTICATED.status(), HttpHeaders.WWW_AUTHENTICATE, ProblemAnswer.CHALLENGE));
    }

    /** For addresses guarded by configuration, such as metrics, which no exception mapper sees. */
    @Override
    public Uni<Boolean> sendChallenge(RoutingContext context) {
        ProblemAnswer.end(context, ProblemType.UNAUTHENTICATED);
        return Uni.createFrom().item(true);
    }

    @Override
    public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext context) {
        return Uni.createFrom()
                .item(new HttpCredentialTransport(HttpCredentialTransport.Type.OTHER_HEADER, PresentedKey.HEADER));
    }

    /** Before OpenID Connect, which stays at the default. */
    @Override
    public int getPriority() {
        return DEFAULT_PRIORITY + 1_000;
    }
}
