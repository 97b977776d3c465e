package io.autostack.web;

import io.autostack.shared.Page;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.LinkedHashMap;

/// How every list of the API is answered: items, `next_page_token` (AIP-158) and `Link: rel="next"` (RFC 8288).
public final class Lists {

    private Lists() {}

    public static Response answer(String name, Page<?> page, UriInfo address) {
        var body = new LinkedHashMap<String, Object>();
        body.put(name, page.items());
        var response = Response.ok();
        var token = page.nextToken();
        if (token != null) {
            body.put("next_page_token", token);
            var next = address.getRequestUriBuilder()
                    .replaceQueryParam("page_token", token)
                    .build();
            response.header("Link", "<" + next.getRawPath() + "?" + next.getRawQuery() + ">; rel=\"next\"");
        }
        return response.entity(body).build();
    }
}
