package io.autostack.operations;

import io.autostack.audit.Audit;
import io.autostack.identity.Caller;
import io.autostack.identity.Role;
import io.autostack.identity.TenantRole;
import io.autostack.provisioning.Operation;
import io.autostack.provisioning.Operations;
import io.autostack.provisioning.RequiredRole;
import io.autostack.shared.Problem;
import io.autostack.shared.VisibleText;
import io.autostack.tenancy.TenantAccess;
import io.autostack.tenancy.Tenants;
import io.autostack.tenancy.closing.EndedTenants;
import io.autostack.ui.operations.Operation.Recovery;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// What a person can do about a failed operation: let it go on, leave a step out, or take everything back.
@ApplicationScoped
public class OperationRecovery {

    private static final int MAX_REASON_LENGTH = 500;

    private final Operations operations;
    private final Tenants tenants;
    private final EndedTenants ended;
    private final TenantAccess access;
    private final Audit audit;

    @Inject
    OperationRecovery(Operations operations, Tenants tenants, EndedTenants ended, TenantAccess access, Audit audit) {
        this.operations = operations;
        this.tenants = tenants;
        this.ended = ended;
        this.access = access;
        this.audit = audit;
    }

    /// What the caller can do about the operation now.
    ///
    /// @param role what the caller is to the operation's tenant
    public Recovery ways(Caller caller, Optional<TenantRole> role, Operation operation) {
        var failed = operation.state() == Operation.State.FAILED
                && role.filter(some -> isAsker(caller, some, operation)).isPresent();
        var operator = failed && caller.is(Role.OPERATOR);
        var goesOn = failed && ended.mayGoOn(operation);
        return new Recovery(
                goesOn,
                operator && goesOn && operations.maySkip(operation),
                operator && !operation.kind().equals(Operations.ROLLBACK) && ended.mayBeReleased(operation));
    }

    private boolean isAsker(Caller caller, TenantRole role, Operation operation) {
        return switch (operations.requiredRole(operation)) {
            case OPERATOR -> caller.is(Role.OPERATOR);
            case OWNER -> role.atLeast(TenantRole.OWNER);
            case ADMINISTRATOR -> role.atLeast(TenantRole.ADMIN);
        };
    }

    /// Lets in who may ask for such an operation.
    ///
    /// @throws io.autostack.shared.ProblemException the caller may not
    void admit(Caller caller, Operation operation) {
        var tenant = operation.tenant().toString();
        if (operations.requiredRole(operation) == RequiredRole.OWNER) access.toOwn(tenant);
        else access.toAdminister(tenant);
        if (operations.requiredRole(operation) == RequiredRole.OPERATOR) caller.mustBe(Role.OPERATOR);
    }

    /// Goes on at the failed step.
    ///
    /// @return false when it has not failed, or somebody was faster
    @Transactional
    public boolean retry(Caller caller, Operation operation) {
        tenants.lock(operation.tenant());
        if (!ended.mayGoOn(operation) || !operations.retry(operation.id())) return false;
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
        tenants.lock(operation.tenant());
        if (!ended.mayGoOn(operation) || !operations.skip(operation.id(), reason, caller.name())) return false;
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
    /// @return the rollback; empty when there is nothing to release
    @Transactional
    public Optional<UUID> rollBack(Caller caller, Operation operation) {
        tenants.lock(operation.tenant());
        if (!ended.mayBeReleased(operation)) return Optional.empty();
        var rollback = operations.rollBack(operation.id());
        rollback.ifPresent(undoing -> audit.record(
                caller.actor(),
                operation.tenant(),
                "operation.release-requested",
                "operation",
                operation.id().toString(),
                Map.of("kind", operation.kind(), "operation", undoing.toString())));
        return rollback;
    }

    /// What a reason has to be that people read in the ledger later.
    ///
    /// @throws io.autostack.shared.ProblemException it is not
    static void checkReason(String reason) {
        if (reason.isEmpty() || reason.length() > MAX_REASON_LENGTH)
            throw Problem.field("reason", "is needed, with " + MAX_REASON_LENGTH + " characters at the most")
                    .exception();
        VisibleText.problem(reason).ifPresent(problem -> {
            throw Problem.field("reason", problem).exception();
        });
    }

    /// Why an operation is not mended, in a sentence.
    ///
    /// @param mended like `retried`
    static String refusal(Operation operation, String mended) {
        return operation.state() == Operation.State.FAILED
                ? "This operation cannot be " + mended
                        + " any more: it was released, or its tenant is closed, being closed or suspended."
                : "Only a failed operation can be " + mended + "; this one is "
                        + operation.state().word() + ".";
    }
}
