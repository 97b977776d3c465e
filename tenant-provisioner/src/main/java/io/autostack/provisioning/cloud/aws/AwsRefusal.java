package io.autostack.provisioning.cloud.aws;

import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.OutcomeException;
import io.autostack.provisioning.TransientException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/// What AWS does not do, and what that means for the step: asked again later, or failed with what a person can do.
final class AwsRefusal {

    private static final Duration THROTTLED = Duration.ofSeconds(5);
    private static final int SERVER_ERRORS = 500;
    private static final int ENOUGH = 400;

    /// How the SDK begins a sentence that goes on with all places where it looked.
    private static final String NO_CREDENTIALS = "Unable to load credentials";

    private static final Set<String> DENIED = Set.of(
            "AccessDenied",
            "AccessDeniedException",
            "AuthorizationError",
            "NotAuthorized",
            "UnauthorizedOperation",
            "KMSAccessDeniedFault",
            "KMSKeyNotAccessibleFault");

    private static final Set<String> NOT_US = Set.of(
            "AuthFailure",
            "ExpiredToken",
            "ExpiredTokenException",
            "IncompleteSignature",
            "InvalidClientTokenId",
            "InvalidSignatureException",
            "MissingAuthenticationToken",
            "OptInRequired",
            "SignatureDoesNotMatch",
            "UnrecognizedClientException");

    private AwsRefusal() {}

    /// Makes a call.
    /// @throws OutcomeException what the step has to answer instead
    /// @throws TransientException it may work when it is asked again
    static <T> T call(AwsCall call, Supplier<T> work) {
        try {
            return work.get();
        } catch (SdkException e) {
            throw translated(call, e);
        }
    }

    private static RuntimeException translated(AwsCall call, SdkException e) {
        return switch (e) {
            case AwsServiceException refused -> translated(call, refused);
            case SdkClientException silent ->
                new TransientException(
                        call.words() + " got no answer: " + words(silent)
                                + " Nothing is known of what became of it; asking"
                                + " again is safe. Look whether the endpoint can be reached and the region is right.",
                        e);
            default -> e;
        };
    }

    private static RuntimeException translated(AwsCall call, AwsServiceException refused) {
        if (refused.isThrottlingException())
            return new OutcomeException(
                    new Outcome.NotYet(call.words() + " is throttled by AWS; it goes on by itself", soon()));
        if (refused.statusCode() >= SERVER_ERRORS)
            return new TransientException(sentence(call, refused) + " Asking again is safe.", refused);
        return new OutcomeException(new Outcome.Failed(sentence(call, refused) + " " + advice(call, refused)));
    }

    /// Not all of a thousand at the same moment.
    private static Duration soon() {
        return THROTTLED.plusMillis(ThreadLocalRandom.current().nextLong(THROTTLED.toMillis()));
    }

    private static String sentence(AwsCall call, AwsServiceException refused) {
        return call.words() + " was refused with " + code(refused) + ": " + words(refused) + " (request "
                + (refused.requestId() == null ? "without an id" : refused.requestId()) + ").";
    }

    private static String advice(AwsCall call, AwsServiceException refused) {
        var code = code(refused);
        if (DENIED.contains(code))
            return "Nothing was changed, and retrying is safe. Allow the control plane's role " + call.permission()
                    + ", then retry.";
        if (NOT_US.contains(code))
            return "Nothing was changed, and retrying is safe. Give the control plane valid credentials for this account"
                    + " and region, then retry.";
        if (isQuota(code))
            return "Nothing was changed, and retrying is safe. Raise this quota in Service Quotas or remove what is not"
                    + " needed, then retry.";
        return "Nothing was changed, and retrying is safe. Put that right, then retry.";
    }

    static boolean isQuota(String code) {
        return code.contains("Quota")
                || code.contains("LimitExceeded")
                || code.startsWith("TooMany")
                || code.equals("InsufficientDBInstanceCapacity");
    }

    static String code(AwsServiceException refused) {
        AwsErrorDetails details = refused.awsErrorDetails();
        return details == null || details.errorCode() == null ? "status " + refused.statusCode() : details.errorCode();
    }

    static boolean is(AwsServiceException refused, String code) {
        return code(refused).equals(code);
    }

    /// What AWS says, or what kept it from being asked, as one bounded sentence.
    static String words(SdkException e) {
        var one = said(e).replaceAll("\\s+", " ").strip();
        var bounded = one.length() <= ENOUGH ? one : one.substring(0, ENOUGH) + "…";
        return bounded.endsWith(".") ? bounded : bounded + ".";
    }

    private static String said(SdkException e) {
        if (e instanceof AwsServiceException refused) {
            var details = refused.awsErrorDetails();
            return details == null || details.errorMessage() == null
                    ? String.valueOf(e.getMessage())
                    : details.errorMessage();
        }
        if (String.valueOf(e.getMessage()).startsWith(NO_CREDENTIALS))
            return "no credentials were found. Set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give the"
                    + " machine a role";
        Throwable deepest = e;
        while (deepest.getCause() != null) deepest = deepest.getCause();
        return deepest == e
                ? String.valueOf(e.getMessage())
                : deepest.getClass().getSimpleName() + ", " + deepest.getMessage();
    }
}
