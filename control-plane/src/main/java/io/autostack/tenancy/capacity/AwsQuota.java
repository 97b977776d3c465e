package io.autostack.tenancy.capacity;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// A default of AWS that stops a design with one of everything for each tenant: a planning number, nothing that is used
/// here.
///
/// @param most what a new account gets
/// @param perTenant what the design takes for each tenant
/// @param adjustable whether AWS raises it when asked
/// @param source where the number stands
public record AwsQuota(
        String service, String title, String scope, long most, long perTenant, boolean adjustable, String source) {

    private static final List<AwsQuota> ALL = read();

    public static List<AwsQuota> all() {
        return ALL;
    }

    /// With how many tenants it is used up.
    public long tenantsAtMost() {
        return most / perTenant;
    }

    /// What that many tenants would take.
    public long takenBy(long tenants) {
        return tenants * perTenant;
    }

    private static List<AwsQuota> read() {
        try (var lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(AwsQuota.class.getResourceAsStream("aws-quotas.csv")),
                StandardCharsets.UTF_8))) {
            return lines.lines()
                    .skip(1)
                    .map(line -> line.split(",", -1))
                    .map(cell -> new AwsQuota(
                            cell[0],
                            cell[1],
                            cell[2],
                            Long.parseLong(cell[3]),
                            Long.parseLong(cell[4]),
                            cell[5].equals("yes"),
                            cell[6]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
