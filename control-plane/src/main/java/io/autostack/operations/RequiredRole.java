package io.autostack.operations;

import io.autostack.provisioning.Operation;
import io.autostack.provisioning.plans.AddDomain;
import io.autostack.provisioning.plans.BackUpTenant;
import io.autostack.provisioning.plans.ChangePlan;
import io.autostack.provisioning.plans.CloseTenant;
import io.autostack.provisioning.plans.DeployStack;
import io.autostack.provisioning.plans.OpenTenant;
import io.autostack.provisioning.plans.RemoveBackup;
import io.autostack.provisioning.plans.RemoveDomain;
import io.autostack.provisioning.plans.ReopenTenant;
import io.autostack.provisioning.plans.RestoreTenant;
import io.autostack.provisioning.plans.RotateCredentials;

/// Who asks for a kind of operation, and so may let one of it go on that failed: who may not do the one may not do the
/// other either. An onboarding is asked for by operators, and its tenant may let it go on.
enum RequiredRole {
    ADMINISTRATOR,
    OWNER,
    OPERATOR;

    /// Of a kind that is not named here, operators.
    static RequiredRole of(Operation operation) {
        return switch (operation.kind()) {
            case OpenTenant.KIND,
                    ChangePlan.KIND,
                    DeployStack.KIND,
                    AddDomain.KIND,
                    RemoveDomain.KIND,
                    RotateCredentials.KIND,
                    BackUpTenant.KIND,
                    RemoveBackup.KIND,
                    RestoreTenant.KIND -> ADMINISTRATOR;
            case CloseTenant.KIND, ReopenTenant.KIND -> OWNER;
            default -> OPERATOR;
        };
    }
}
