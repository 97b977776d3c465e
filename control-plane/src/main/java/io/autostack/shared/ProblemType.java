package io.autostack.shared;

import java.util.Locale;

/// The catalogue of problems a caller can meet: one entry, one documented address, one HTTP status.
public enum ProblemType {
    INVALID_INPUT(422, "Some of the input is not valid"),
    MALFORMED_REQUEST(400, "The request cannot be read"),
    NOT_SIGNED_IN(401, "Sign in first"),
    NOT_ALLOWED(403, "You may not do this"),
    NOT_FOUND(404, "There is nothing here"),
    METHOD_NOT_ALLOWED(405, "This address does not take that method"),
    NOT_ACCEPTABLE(406, "This address has no such representation"),
    CONFLICT(409, "This does not fit the present state"),
    STILL_RUNNING(409, "The first call with this Idempotency-Key is still running"),
    KEY_REUSED(422, "This Idempotency-Key was used for another request"),
    CROSS_SITE(403, "The request came from another site"),
    WRONG_HOST(421, "This is another host"),
    TOO_LARGE(413, "The request is too large"),
    ADDRESS_TOO_LONG(414, "The address is too long"),
    HEAD_TOO_LARGE(431, "The request's headers are too large"),
    WRONG_CONTENT_TYPE(415, "This content type is not understood here"),
    LIMIT_REACHED(409, "A limit of the plan is reached"),
    NO_ROOM(409, "The platform has no room for this"),
    PLAN_EXPIRED(409, "The deployment plan has expired"),
    TOO_MANY_REQUESTS(429, "Too much is asked at once"),
    PLUGIN_FAILED(502, "The template's plugin did not answer properly"),
    PLUGIN_BARRED(503, "This template cannot be asked on this machine"),
    UNAVAILABLE(503, "This is not available right now"),
    INTERNAL(500, "Something went wrong on our side");

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /// The last part of the problem's address, for example `limit-reached`.
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
