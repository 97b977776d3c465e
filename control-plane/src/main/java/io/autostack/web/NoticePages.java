package io.autostack.web;

import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.RestForm;
import org.jspecify.annotations.Nullable;

/// Takes the notice off the pages of whoever has read it.
@Path("/notice")
class NoticePages {

    private final Notices notices;

    @Inject
    NoticePages(Notices notices) {
        this.notices = notices;
    }

    @POST
    @Path("dismiss")
    public Response dismiss(@RestForm @Nullable String notice, @RestForm @Nullable String back) {
        var answer = Response.seeOther(Notices.onThisSite(back));
        var cookie = notices.dismissed(notice);
        return cookie == null ? answer.build() : answer.cookie(cookie).build();
    }
}
