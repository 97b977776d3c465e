package io.autostack.provisioning.cloud.aws;

import java.util.List;

/// What can be asked of the driver without a control plane, for the launcher's commands.
final class AwsTool {

    private static final int IN_THE_WAY = 3;

    private AwsTool() {}

    /// @param words `preflight` or `policy`
    public static void main(String[] words) throws Exception {
        try (var environment = AwsEnvironment.open()) {
            var config = environment.config();
            switch (words.length == 1 ? words[0] : "") {
                case "policy" ->
                    System.out.println(AwsPolicy.of(
                            config.cluster().orElse("ENVIRONMENT"),
                            config.hostedZoneId().map(DnsNames::zone).orElse("ZONE"),
                            List.of(
                                    config.taskExecutionRoleArn().orElse("TASK_EXECUTION_ROLE"),
                                    config.taskRoleArn().orElse("TASK_ROLE"))));
                case "preflight" -> preflight(environment);
                default -> throw new IllegalArgumentException("preflight or policy");
            }
        }
    }

    private static void preflight(AwsEnvironment environment) {
        var well = true;
        for (var finding : Preflight.of(environment.settings(), environment.clients())) {
            System.out.printf("%-4s  %-14s  %s%n", finding.good() ? "ok" : "NO", finding.what(), finding.sentence());
            well &= finding.good();
        }
        System.out.println();
        System.out.println(
                "Not looked at: whether calls that make or change something are allowed (compare the role with"
                        + " ./autostack aws policy), and whether tasks reach images, logs and secrets.");
        if (!well) System.exit(IN_THE_WAY);
    }
}
