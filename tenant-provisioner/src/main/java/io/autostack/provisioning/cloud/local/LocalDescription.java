package io.autostack.provisioning.cloud.local;

import io.autostack.provisioning.cloud.CloudDescription;
import io.autostack.provisioning.cloud.CloudDescription.Hints;
import io.autostack.provisioning.cloud.CloudDescription.Limits;
import io.autostack.provisioning.cloud.CloudDescription.Onboarding;
import io.autostack.provisioning.cloud.CloudDescription.PlacementChoice;
import io.autostack.provisioning.cloud.CloudDescription.Price;
import io.autostack.provisioning.cloud.CloudDescription.Room;
import io.autostack.provisioning.cloud.CloudDescription.Server;
import io.autostack.provisioning.cloud.Placement;
import java.util.List;
import java.util.Optional;

/// How one machine as a cloud is spoken of.
final class LocalDescription {

    private LocalDescription() {}

    static CloudDescription get() {
        return new CloudDescription(
                new Onboarding("That takes a few seconds.", placements()),
                new Server(
                        "cluster",
                        "One that was ended is started again within ten seconds. If this stays, postgres.log in"
                                + " clusters/{server} of the installation's folder says why.",
                        "Put the folder clusters/{server} back from a copy of the installation's folder. Its backups"
                                + " were in it; an empty one is not made in its place."),
                new Room(
                        "The cloud did not say how much room it has. Onboarding goes on when it answers.",
                        "Look at the free space of the database server's disk.",
                        "If this ran on AWS",
                        "Planning numbers: the defaults of a new AWS account, for a design with one of each for every"
                                + " tenant. Nothing here uses them."),
                new Hints(
                        "“./autostack logs”",
                        "“docker ps -a” and “docker logs” show the container itself",
                        "“./autostack logs postgres” shows what the database said"),
                new Price(
                        "What it really built here would cost",
                        "What is simulated is not counted, and nobody is charged."),
                new Limits(
                        "The second one needs the replay of a log, which the local driver has not: here the data are"
                                + " as old as the backup.",
                        Optional.of("The local driver runs one copy of each container, whatever the plan scales to."),
                        Optional.empty(),
                        Optional.empty()),
                true,
                Optional.empty());
    }

    private static List<PlacementChoice> placements() {
        return List.of(
                new PlacementChoice(
                        Optional.empty(),
                        "As the plan says",
                        "Enterprise has a server of its own, the others share one."),
                new PlacementChoice(
                        Optional.of(Placement.SHARED),
                        "Shared server",
                        "A database of its own beside those of other tenants."),
                new PlacementChoice(
                        Optional.of(Placement.DEDICATED),
                        "Dedicated cluster",
                        "A PostgreSQL process and a data directory for this tenant alone."));
    }
}
