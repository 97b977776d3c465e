package io.autostack.tenancy.upkeep;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.autostack.audit.Audit;
import io.autostack.identity.Caller;
import io.autostack.jdbc.Sql;
import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.CloudDescription;
import io.autostack.provisioning.cloud.ObservedResource;
import io.autostack.provisioning.cloud.ObservedResource.Kind;
import io.autostack.shared.Scopes;
import io.autostack.shared.UuidV7;
import io.autostack.tenancy.upkeep.Orphanage.Orphan;
import io.autostack.tenancy.upkeep.Orphanage.Standing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What nobody owns: noted at every run, removed only by a person, after another look.
@ApplicationScoped
class Orphans {

    /// A closed tenant about which something is still being done owns what is there.
    private static final String STANDINGS = """
            select t.id, t.gone_at is not null as gone, t.status = 'closed' and not exists (
                   select from provisioning.operation o
                    where o.tenant_id = t.id and (o.state in ('waiting', 'running') or o.finished_at >= ?)) as closed
              from tenancy.tenant t
             where t.id = any (?)
            """;

    private static final String NOTE = """
            insert into tenancy.orphan (id, kind, name, tagged, why, first_seen, last_seen, home, host)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (kind, name, tagged) where gone_at is null
            do update set last_seen = excluded.last_seen, why = excluded.why, home = excluded.home, host = excluded.host
            """;

    /// What is on another machine is not gone because it cannot be seen from this one.
    private static final String GONE = """
            update tenancy.orphan set gone_at = ?
             where gone_at is null and last_seen < ? and coalesce(home, ?) = ?
            """;

    private static final String OPEN = """
            select id, kind, name, tagged, why, first_seen, last_seen, home, host
              from tenancy.orphan where gone_at is null order by tagged, kind, name
            """;

    private final Inspections inspections;
    private final Cloud cloud;
    private final CloudDescription description;
    private final Scopes scopes;
    private final Audit audit;
    private final InstantSource clock;

    @Inject
    Orphans(
            Inspections inspections,
            Cloud cloud,
            CloudDescription description,
            Scopes scopes,
            Audit audit,
            InstantSource clock) {
        this.inspections = inspections;
        this.cloud = cloud;
        this.description = description;
        this.scopes = scopes;
        this.audit = audit;
        this.clock = clock;
    }

    /// An orphan as it is shown.
    ///
    /// @param host the machine that it is on, if only the replica there can see it
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Noted(
            UUID id,
            String kind,
            String name,
            UUID tagged,
            String why,
            Instant firstSeen,
            Instant lastSeen,
            @JsonIgnore @Nullable UUID home,
            @Nullable String host) {}

    /// What can come of removing one.
    sealed interface Removal {

        record Removed(Noted orphan) implements Removal {}

        /// Nothing of that id is an orphan.
        record NotThere() implements Removal {}

        /// A tenant owns it by now, or it cannot go yet.
        record Refused(String reason) implements Removal {}
    }

    /// In the transaction that runs.
    List<Orphan> among(List<ObservedResource> found, Instant since) {
        return inspections.with(connection -> {
            var tags = found.stream()
                    .flatMap(thing -> thing.tenant().stream())
                    .distinct()
                    .toArray();
            Map<UUID, Standing> standings = new HashMap<>();
            Sql.of(connection, STANDINGS, since, connection.createArrayOf("uuid", tags))
                    .each(row -> standings.put(
                            row.getObject("id", UUID.class),
                            standing(row.getBoolean("closed"), row.getBoolean("gone"))));
            return Orphanage.of(found, standings);
        });
    }

    private static Standing standing(boolean closed, boolean gone) {
        if (!closed) return Standing.OWNS;
        return gone ? Standing.GONE : Standing.CLOSED;
    }

    /// In the transaction that runs. What is not among them any more is gone.
    void note(List<Orphan> orphans, Instant at) {
        inspections.with(connection -> {
            Sql.batch(
                    connection,
                    NOTE,
                    orphans.stream().map(orphan -> values(orphan, at)).toList());
            return Sql.update(connection, GONE, at, at, cloud.home(), cloud.home());
        });
    }

    private static @Nullable Object[] values(Orphan orphan, Instant at) {
        return new @Nullable Object[] {
            UuidV7.next(),
            orphan.kind().word(),
            orphan.name(),
            orphan.tagged(),
            orphan.why(),
            at,
            at,
            home(orphan.thing()).orElse(null),
            host(orphan.thing()).orElse(null)
        };
    }

    /// As far as the last run knows.
    List<Noted> all() {
        return scopes.inPlatform(() -> inspections.with(connection -> Sql.of(connection, OPEN)
                .list(row -> new Noted(
                        row.getObject("id", UUID.class),
                        row.getString("kind"),
                        row.getString("name"),
                        row.getObject("tagged", UUID.class),
                        row.getString("why"),
                        row.getTimestamp("first_seen").toInstant(),
                        row.getTimestamp("last_seen").toInstant(),
                        row.getObject("home", UUID.class),
                        row.getString("host")))));
    }

    /// Looks again before it removes; history has the request before anything is gone.
    Removal remove(Caller caller, UUID id) {
        var noted = all().stream().filter(orphan -> orphan.id().equals(id)).findFirst();
        if (noted.isEmpty()) return new Removal.NotThere();
        var orphan = noted.get();
        var noun = description.noun(Kind.of(orphan.kind()));
        if (orphan.home() != null && !orphan.home().equals(cloud.home()))
            return new Removal.Refused("The " + noun + " " + orphan.name() + " is on the host “" + orphan.host()
                    + "”, which cannot be seen from here. Remove it through the replica there. It was left alone.");
        var since = scopes.inPlatform(inspections::now);
        var present =
                cloud.inventory().stream().filter(found -> is(found, orphan)).findFirst();
        if (present.isPresent()) {
            var owned =
                    scopes.inPlatform(() -> among(List.of(present.get()), since).isEmpty());
            if (owned)
                return new Removal.Refused("A tenant owns the " + noun + " " + orphan.name()
                        + " by now, or something is being done about it. It was left alone.");
            recorded(caller, "orphan.removal-requested", orphan);
            if (cloud.removeResource(present.get()) instanceof Outcome.Failed(var reason))
                return new Removal.Refused(reason);
        }
        scopes.inPlatform(() -> inspections.with(connection -> Sql.update(
                connection,
                "update tenancy.orphan set gone_at = ? where id = ? and gone_at is null",
                clock.instant(),
                id)));
        if (present.isPresent()) recorded(caller, "orphan.removed", orphan);
        return new Removal.Removed(orphan);
    }

    private static Optional<UUID> home(ObservedResource thing) {
        return Optional.of(thing.property(ObservedResource.HOME))
                .filter(home -> !home.isEmpty())
                .map(UUID::fromString);
    }

    private static Optional<String> host(ObservedResource thing) {
        return Optional.of(thing.property(ObservedResource.HOST)).filter(host -> !host.isEmpty());
    }

    private void recorded(Caller caller, String action, Noted orphan) {
        scopes.inPlatform(() -> {
            audit.record(
                    caller.actor(),
                    null,
                    action,
                    orphan.kind(),
                    orphan.name(),
                    Map.of("tagged", orphan.tagged().toString(), "why", orphan.why()));
            return orphan;
        });
    }

    private static boolean is(ObservedResource found, Noted orphan) {
        return found.kind() == Kind.of(orphan.kind())
                && found.name().equals(orphan.name())
                && found.tenant().equals(Optional.of(orphan.tagged()));
    }
}
