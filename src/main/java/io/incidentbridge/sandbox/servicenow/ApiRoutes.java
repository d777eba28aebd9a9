package io.incidentbridge.sandbox.servicenow;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Function;

/** Everything below {@code /api/now}: who calls, are the headers right, which API is it for. */
final class ApiRoutes {

    private final Accounts accounts;
    private final TableApi tableApi;
    private final AggregateApi aggregateApi;
    private final AttachmentApi attachmentApi;

    ApiRoutes(Accounts accounts, TableApi tableApi, AggregateApi aggregateApi, AttachmentApi attachmentApi) {
        this.accounts = accounts;
        this.tableApi = tableApi;
        this.aggregateApi = aggregateApi;
        this.attachmentApi = attachmentApi;
    }

    void handle(RoutingContext context) {
        answer(context, account -> {
            ApiRequest request = ApiRequest.of(context, account);
            if (AttachmentApi.isFor(request)) {
                return attachmentApi.upload(request);
            }
            request.checkHeaders();
            return dispatch(request);
        });
    }

    /** For paths below {@code /api} that no API answers to. */
    void refuse(RoutingContext context) {
        answer(context, account -> {
            throw ApiException.noSuchResource();
        });
    }

    private void answer(RoutingContext context, Function<Account, ApiReply> call) {
        try {
            Account account = accounts.authenticate(context.request().getHeader("Authorization"))
                    .orElseThrow(ApiException::notAuthenticated);
            send(context, call.apply(account));
        } catch (ApiException e) {
            if (e.status() == 401) {
                context.response().putHeader("WWW-Authenticate", "BASIC realm=\"Service-now\"");
            }
            HttpAnswers.json(context, e.status(), e.body());
        }
    }

    private ApiReply dispatch(ApiRequest request) {
        List<String> resource = request.resource();
        boolean collection = resource.size() == 2;
        if (resource.get(0).equals("table") && (collection || resource.size() == 3)) {
            return collection
                    ? tableApi.collection(request, resource.get(1))
                    : tableApi.item(request, resource.get(1), UrlEncoded.decode(resource.get(2)));
        }
        if (resource.get(0).equals("stats") && collection) {
            return aggregateApi.handle(request, resource.get(1));
        }
        throw ApiException.noSuchResource();
    }

    private static void send(RoutingContext context, ApiReply reply) {
        reply.headers().forEach(context.response()::putHeader);
        if (reply.body() == null) {
            context.response().setStatusCode(reply.status()).end();
        } else {
            HttpAnswers.json(context, reply.status(), reply.body());
        }
    }
}
