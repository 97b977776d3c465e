package io.autostack.operations;

import io.autostack.audit.Audit;
import io.autostack.identity.Caller;
import io.autostack.identity.Role;
import io.autostack.identity.TenantRole;
import io.autostack.provisioning.Operation;
import io.autostack.provisioning.Operations;
import io.autostack.ui.operations.Operation.Mending;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// What a person can do about a failed operation: let it go on, leave a step out, or take everything back.
@ApplicationScoped
public class MendOperation {

    private final Operations operations;
    private final Audit audit;

    @Inject
    MendOperation(Operations operations, Audit audit) {
        this.operations = operations;
        this.audit = audit;
    }

    /// What the caller can do about the operation now.
    ///
    /// @param role what the caller is to the operation's tenant
    public Mending ways(Caller caller, Optional<TenantRole> role, Operation operation) {
        var failed = operation.state() == Operation.State.FAILED
                && role.filter(some -> some.atLeast(TenantRole.ADMIN)).isPresent();
        var operator = failed && caller.is(Role.OPERATOR);
        return new Mending(
                failed,
                operator && operations.maySkip(operation),
                operator && !operation.kind().equals(Operations.RELEASE));
    }

    /// Goes on at the failed step.
    ///
    /// @return false when it has not failed, or somebody was faster
    @Transactional
    public boolean retry(Caller caller, Operation operation) {
        if (!operations.retry(operation.id())) return false;
        audit.record(
                caller.actor(),
                operation.tenant(),
                "operation.retried",
                "operation",
                operation.id().toString(),
                Map.of("kind", operation.kind()));
        return true;
    }

    /// Goes on behind the failed step.
    ///
    /// @return false when it has not failed, or cannot do without that step
    @Transactional
    public boolean skip(Caller caller, Operation operation, String reason) {
        if (!operations.skip(operation.id(), reason, caller.name())) return false;
        audit.record(
                caller.actor(),
                operation.tenant(),
                "operation.step-skipped",
                "operation",
                operation.id().toString(),
                Map.of("kind", operation.kind(), "reason", reason));
        return true;
    }

    /// Undoes everything the failed operation built.
    ///
    /// @return the operation that undoes; empty when there is nothing to release
    @Transactional
    public Optional<UUID> release(Caller caller, Operation operation) {
        var release = operations.release(operation.id());
        release.ifPresent(undoing -> audit.record(
                caller.actor(),
                operation.tenant(),
                "operation.release-requested",
                "operation",
                operation.id().toString(),
                Map.of("kind", operation.kind(), "operation", undoing.toString())));
        return release;
    }
}
