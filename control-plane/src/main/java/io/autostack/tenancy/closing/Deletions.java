package io.autostack.tenancy.closing;

import io.autostack.provisioning.Operation;
import io.autostack.provisioning.Operations;
import io.autostack.provisioning.plans.DeleteTenant;
import java.util.Optional;

/// Finds the operation that deletes a closed tenant for good.
final class Deletions {

    private Deletions() {}

    /// Asked for, whether it has begun, failed or ended.
    static Optional<Operation> of(Operations operations, ClosedTenant closing) {
        return operations.ofKind(closing.tenant(), DeleteTenant.KIND).stream()
                .filter(operation -> operation
                        .find(DeleteTenant.Request.class)
                        .filter(request -> request.closing().equals(closing.id()))
                        .isPresent())
                .findFirst();
    }
}
