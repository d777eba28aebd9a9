package io.incidentbridge.console;

import io.quarkus.oidc.TenantResolver;
import io.quarkus.oidc.runtime.OidcUtils;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Keeps the console's OpenID provider away from every other address. Quarkus would also choose it for a path that has its
 * name in it, as all of the console's have, and for its cookies.
 */
@ApplicationScoped
class SignOnTenant implements TenantResolver {

    /** As application.properties has it. */
    static final String NAME = "console";

    @Override
    public String resolve(RoutingContext context) {
        // Not null, which would let Quarkus look further.
        return isFor(context) ? NAME : OidcUtils.DEFAULT_TENANT_ID;
    }

    static boolean isFor(RoutingContext context) {
        return SignOnPage.PATH.equals(context.normalizedPath());
    }
}
