package io.autostack.provisioning.plans;

import io.autostack.provisioning.OperationKind;
import io.autostack.provisioning.Step;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.DatabaseSpec;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Trying a backup out: restored into a database of its own, compared, and removed again.
@ApplicationScoped
public class RestoreDrill implements OperationKind<RestoreDrill.Request> {

    public static final String KIND = "restore-drill";

    /// From the start of this step to the end of `VERIFIED` is how long a restore takes.
    public static final String BEGUN = RestoredCopy.SECRET;

    public static final String VERIFIED = RestoredCopy.COMPARE;

    private final Cloud cloud;

    @Inject
    RestoreDrill(Cloud cloud) {
        this.cloud = cloud;
    }

    /// @param drill its own id, which names the database of the drill
    /// @param copy the database of the drill
    public record Request(Subject subject, UUID drill, UUID backup, String snapshot, DatabaseSpec copy)
            implements TenantRequest {

        public Request(Subject subject, UUID drill, UUID backup, String snapshot) {
            this(subject, drill, backup, snapshot, subject.copy(drill, subject.placement(), subject.server()));
        }

        @Override
        public UUID change() {
            return drill;
        }
    }

    @Override
    public String name() {
        return KIND;
    }

    @Override
    public boolean takesLong() {
        return true;
    }

    @Override
    public Class<Request> request() {
        return Request.class;
    }

    @Override
    public String title(Request request) {
        return "Try restoring " + request.slug();
    }

    @Override
    public List<Step> steps(Request request) {
        var copy = request.copy();
        var restored = new RestoredCopy(cloud, request.snapshot(), copy);
        var steps = new ArrayList<>(restored.steps());
        steps.add(restored.compare());
        steps.add(new Step("remove-database", "Remove the database of the drill", () -> cloud.removeDatabase(copy)));
        steps.add(new Step(
                "remove-secret", "Remove its credentials", () -> cloud.removeSecret(copy.tenant(), copy.secret())));
        return List.copyOf(steps);
    }
}
