package io.autostack.tenancy.backups;

import io.autostack.shared.Problem;
import io.autostack.shared.ProblemException;
import io.autostack.shared.ProblemType;
import io.autostack.tenancy.TenantRow;
import java.time.Instant;

/// How edges answer a request about backups.
final class BackupAnswers {

    static final String RULE = "Only an active or suspended tenant has backups to take, restore or try out";

    private BackupAnswers() {}

    /// What was enqueued or stands in the way, or the problem.
    static BackupRequests.Result.Answered answered(TenantRow tenant, BackupRequests.Result result, Instant now) {
        return switch (result) {
            case BackupRequests.Result.Answered answered -> answered;
            case BackupRequests.Result.NotFound() -> throw noBackup();
            case BackupRequests.Result.NotKept(var backup) ->
                throw Problem.of(
                                ProblemType.CONFLICT,
                                "This backup " + why(backup, now) + ". Choose one from the list that is kept.")
                        .exception();
            case BackupRequests.Result.NothingToTry() ->
                throw Problem.of(
                                ProblemType.CONFLICT,
                                tenant.name() + " has no backup that could be tried out. Take one first.")
                        .exception();
        };
    }

    static ProblemException noBackup() {
        return Problem.notFound("This tenant has no such backup.").exception();
    }

    private static String why(Backup backup, Instant now) {
        return switch (backup.state()) {
            case TAKING -> "is being taken";
            case KEPT -> backup.isExpired(now) ? "has expired" : "is kept";
            case FAILED -> "was not taken: its operation says why";
            case REMOVING -> "is being removed";
            case REMOVED -> "is removed";
        };
    }
}
