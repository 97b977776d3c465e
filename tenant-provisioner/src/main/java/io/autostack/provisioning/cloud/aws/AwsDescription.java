package io.autostack.provisioning.cloud.aws;

import io.autostack.provisioning.cloud.CloudDescription;
import io.autostack.provisioning.cloud.CloudDescription.Hints;
import io.autostack.provisioning.cloud.CloudDescription.Limits;
import io.autostack.provisioning.cloud.CloudDescription.Onboarding;
import io.autostack.provisioning.cloud.CloudDescription.PlacementChoice;
import io.autostack.provisioning.cloud.CloudDescription.Price;
import io.autostack.provisioning.cloud.CloudDescription.Room;
import io.autostack.provisioning.cloud.CloudDescription.Server;
import java.util.List;
import java.util.Optional;

/// How AWS is spoken of.
final class AwsDescription {

    private AwsDescription() {}

    /// @param warning what is not as it should be on this installation
    static CloudDescription of(Optional<String> warning) {
        return new CloudDescription(
                new Onboarding(
                        "AWS takes 10 to 20 minutes for that.",
                        List.of(new PlacementChoice(
                                Optional.empty(),
                                "An RDS instance of its own",
                                "PostgreSQL for this tenant alone. AWS takes 10 to 20 minutes to make it."))),
                new Server(
                        "RDS instance",
                        "One that was stopped is started by the next operation that needs it. If this stays, its"
                                + " events and its log in RDS say why.",
                        "Find out in CloudTrail who deleted it. Its snapshots stay with RDS: restore a backup. An"
                                + " empty one is not made in its place."),
                new Room(
                        "AWS did not say how many instances and snapshots this account may have. Onboarding goes on"
                                + " all the same; what is too much is refused by AWS itself, and the step says so.",
                        "RDS keeps the snapshot itself, and the new database comes with an instance and storage of"
                                + " its own. Only the account's quotas limit that.",
                        "Defaults of AWS",
                        "Planning numbers: the defaults of a new AWS account, for a design with one of each for every"
                                + " tenant. Tenants here really take from them, unless AWS has raised them for this"
                                + " account; what it says about the account itself stands above."),
                new Hints(
                        "“./autostack logs”, or the control plane's log group in CloudWatch,",
                        "the events of its service in ECS and its log group in CloudWatch show the container itself",
                        "the events and the log of the RDS instance show what the database said"),
                new Price("What it built costs about", "That is an estimate and not the bill of AWS."),
                new Limits(
                        "The second one needs the replay of a log. RDS keeps one, and this version does not replay it:"
                                + " the data are as old as the backup.",
                        Optional.empty(),
                        Optional.of("This version leads no domain of a tenant's own to it on AWS. One can be claimed"
                                + " here, and verifying it fails."),
                        Optional.of("needs a bucket, and this version makes none on AWS; choose another template")),
                false,
                warning);
    }
}
