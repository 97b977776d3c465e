package io.autostack.provisioning;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autostack.jdbc.Query;
import io.autostack.jdbc.Sql;
import io.autostack.provisioning.Operation.State;
import io.autostack.provisioning.Operation.StepRecord;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Operations and steps as rows. Plain SQL: several writes a step, thousands of operations a minute.
@ApplicationScoped
class Ledger {

    /// The database takes it back when the transaction ends: a connection in the pool has no scope.
    private static final String AS_THE_PLATFORM = "select set_config('autostack.scope', 'platform', true)";

    private static final String INSERT = """
            insert into provisioning.operation (id, tenant_id, kind, title, request_key, request, facts)
            values (uuidv7(), ?, ?, ?, ?, ?::jsonb, ?::jsonb)
            on conflict (request_key) do nothing
            returning id
            """;

    private static final String INSERT_STEP = """
            insert into provisioning.step (operation_id, position, tenant_id, name, title)
            values (?, ?, ?, ?, ?)
            """;

    private static final String CHANGE = """
            update provisioning.operation
               set state = ?, facts = ?::jsonb, message = ?, simulated = simulated or ?, version = version + 1,
                   unanswered = ?, unsettled = ?,
                   started_at = coalesce(started_at, case when ? = 'waiting' then null else clock_timestamp() end),
                   finished_at = case when ? in ('done', 'failed') then clock_timestamp() end
             where id = ? and version = ?
            """;

    private static final String CHANGE_STEP = """
            update provisioning.step
               set state = ?, attempts = ?, failures = ?, evidence = ?::jsonb, simulated = ?, message = ?,
                   started_at = case when ? = 'waiting' then null else coalesce(started_at, clock_timestamp()) end,
                   finished_at = case when ? in ('done', 'failed') then clock_timestamp() end
             where operation_id = ? and position = ?
            returning started_at, finished_at
            """;

    private static final String SELECT = """
            select id, tenant_id, kind, title, state, request, facts, message, simulated, version, created_at, started_at,
                   finished_at, unanswered, unsettled
              from provisioning.operation
            """;

    private static final String STEPS = """
            select operation_id, position, name, title, state, attempts, failures, started_at, finished_at, evidence,
                   simulated, message
              from provisioning.step
            """;

    private static final String SELECT_STEPS = STEPS + "where operation_id = any (?) order by operation_id, position";

    private static final String NEWEST_FIRST = " order by created_at desc, id desc limit ?";

    private static final String LATEST = SELECT + "where tenant_id = ?" + NEWEST_FIRST + ";" + STEPS + """
             where operation_id = (
                   select id from (select id, state, created_at from provisioning.operation
                                    where tenant_id = ? order by created_at desc, id desc limit ?) latest
                    where state <> 'done' order by created_at desc, id desc limit 1)
             order by position
            """;

    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    private final DataSource database;
    private final ObjectMapper json;
    private final RequestJson requests;

    @Inject
    Ledger(DataSource database, ObjectMapper json, RequestJson requests) {
        this.database = database;
        this.json = json;
        this.requests = requests;
    }

    /// Work on a connection, inside whatever transaction runs.
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    <T> T with(Work<T> work) {
        try (var connection = database.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("the ledger of operations cannot be reached", e);
        }
    }

    /// A worker's own transaction. Workers see every tenant.
    <T> T alone(Work<T> work) {
        return QuarkusTransaction.requiringNew()
                .call(() -> with(connection -> {
                    Sql.execute(connection, AS_THE_PLATFORM);
                    return work.on(connection);
                }));
    }

    /// @return its id; empty when this request was made before
    Optional<UUID> insert(Connection connection, Enqueued enqueued) throws SQLException {
        var id = Sql.of(
                        connection,
                        INSERT,
                        enqueued.tenant(),
                        enqueued.kind(),
                        enqueued.title(),
                        enqueued.requestKey(),
                        requests.write(enqueued.request()),
                        text(enqueued.learned().values()))
                .find(row -> row.getObject(1, UUID.class));
        if (id.isPresent()) insertSteps(connection, id.get(), enqueued.tenant(), enqueued.steps());
        return id;
    }

    void insertSteps(Connection connection, UUID operation, UUID tenant, List<Step> steps) throws SQLException {
        var rows = new ArrayList<@Nullable Object[]>();
        for (var step : steps) rows.add(new Object[] {operation, rows.size(), tenant, step.name(), step.title()});
        Sql.batch(connection, INSERT_STEP, rows);
    }

    Optional<UUID> findByRequestKey(Connection connection, String requestKey) throws SQLException {
        return Sql.of(connection, "select id from provisioning.operation where request_key = ?", requestKey)
                .find(row -> row.getObject(1, UUID.class));
    }

    Optional<Operation> find(Connection connection, UUID id) throws SQLException {
        return operations(connection, " where id = ?", id).stream().findFirst();
    }

    /// The same, and until the transaction ends nobody else decides how it goes on.
    Optional<Operation> findLocked(Connection connection, UUID id) throws SQLException {
        Sql.execute(connection, "select from provisioning.operation where id = ? for no key update", id);
        return find(connection, id);
    }

    /// Until the transaction ends nobody else decides whose turn it is at this tenant.
    void lockTenant(Connection connection, UUID tenant) throws SQLException {
        Sql.execute(connection, "select pg_advisory_xact_lock(hashtextextended(?, 0))", "turn:" + tenant);
    }

    /// The operation of the same tenant that runs, or the oldest that was asked for before this one and has not ended.
    Optional<Operation> firstBefore(Connection connection, Operation operation) throws SQLException {
        return operations(connection, """
                 where tenant_id = ? and id <> ? and (state = 'running' or state = 'waiting' and (created_at, id) < (
                       select created_at, id from provisioning.operation where id = ?))
                 order by state, created_at, id
                 limit 1
                """, operation.tenant(), operation.id(), operation.id()).stream()
                .findFirst();
    }

    /// The newest of all tenants, without their steps.
    List<Operation> latest(Connection connection, int max) throws SQLException {
        return Sql.of(connection, SELECT + NEWEST_FIRST, max).list(this::withoutSteps);
    }

    /// The newest of one tenant, without their steps but for the newest that is not done.
    Query<List<Operation>> latest(UUID tenant, int max) {
        return Query.of(
                LATEST,
                results -> {
                    var found = new ArrayList<Operation>();
                    var operations = results.next();
                    while (operations.next()) found.add(withoutSteps(operations));
                    var steps = new HashMap<UUID, List<StepRecord>>();
                    var rows = results.next();
                    while (rows.next()) addStep(steps, rows);
                    return withSteps(found, steps);
                },
                tenant,
                max,
                tenant,
                max);
    }

    /// All operations of one kind of a tenant, oldest first.
    List<Operation> ofKind(Connection connection, UUID tenant, String kind) throws SQLException {
        return operations(connection, " where tenant_id = ? and kind = ? order by created_at, id", tenant, kind);
    }

    /// All operations of a tenant that have not ended, oldest first.
    List<Operation> underWay(Connection connection, UUID tenant) throws SQLException {
        return operations(
                connection, " where tenant_id = ? and state in ('waiting', 'running') order by created_at, id", tenant);
    }

    /// Changes an operation only if nobody else did meanwhile.
    ///
    /// @return false when somebody was faster
    boolean change(Connection connection, OperationChange change) throws SQLException {
        return Sql.update(
                        connection,
                        CHANGE,
                        change.to().word(),
                        text(change.learned().values()),
                        change.message(),
                        change.simulated(),
                        change.unanswered(),
                        change.unhandled(),
                        change.to().word(),
                        change.to().word(),
                        change.operation().id(),
                        change.operation().version())
                == 1;
    }

    /// Attempts that are given back are no evidence against anybody.
    void giveBack(Connection connection, Collection<UUID> operations) throws SQLException {
        Sql.update(connection, """
                update provisioning.operation set unanswered = 0 where id = any (?) and state = 'running'
                """, connection.createArrayOf("uuid", operations.toArray()));
    }

    /// Ends one that cannot be read, and so cannot be completed either.
    ///
    /// @return false when it has ended
    boolean abandon(Connection connection, UUID operation, String why) throws SQLException {
        return Sql.update(connection, """
                update provisioning.operation
                   set state = 'failed', message = ?, version = version + 1, unanswered = 0, unsettled = 0,
                       finished_at = clock_timestamp()
                 where id = ? and state in ('waiting', 'running')
                """, why, operation) == 1;
    }

    /// @return the step as it is now
    StepRecord step(Connection connection, UUID operation, StepChange change) throws SQLException {
        return Sql.of(
                        connection,
                        CHANGE_STEP,
                        change.to().word(),
                        change.attempts(),
                        change.failures(),
                        text(change.evidence()),
                        change.simulated(),
                        change.message(),
                        change.to().word(),
                        change.to().word(),
                        operation,
                        change.step().position())
                .one(row -> change.at(instant(row, "started_at"), instant(row, "finished_at")));
    }

    private List<Operation> operations(Connection connection, String where, Object... values) throws SQLException {
        var found = Sql.of(connection, SELECT + where, values).list(this::withoutSteps);
        if (found.isEmpty()) return found;
        var steps = new HashMap<UUID, List<StepRecord>>();
        var ids = found.stream().map(Operation::id).toArray();
        Sql.of(connection, SELECT_STEPS, connection.createArrayOf("uuid", ids)).each(row -> addStep(steps, row));
        return withSteps(found, steps);
    }

    private static List<Operation> withSteps(List<Operation> found, Map<UUID, List<StepRecord>> steps) {
        return found.stream()
                .map(operation -> operation.with(steps.getOrDefault(operation.id(), List.of())))
                .toList();
    }

    private Operation withoutSteps(ResultSet row) throws SQLException {
        return new Operation(
                row.getObject("id", UUID.class),
                row.getObject("tenant_id", UUID.class),
                row.getString("kind"),
                row.getString("title"),
                State.of(row.getString("state")),
                requests.read(row.getString("kind"), row.getString("request")),
                new Facts(texts(row.getString("facts"))),
                row.getString("message"),
                row.getBoolean("simulated"),
                row.getInt("version"),
                row.getTimestamp("created_at").toInstant(),
                instant(row, "started_at"),
                instant(row, "finished_at"),
                row.getInt("unanswered"),
                row.getInt("unsettled"),
                List.of());
    }

    private void addStep(Map<UUID, List<StepRecord>> steps, ResultSet row) throws SQLException {
        steps.computeIfAbsent(row.getObject("operation_id", UUID.class), id -> new ArrayList<>())
                .add(new StepRecord(
                        row.getInt("position"),
                        row.getString("name"),
                        row.getString("title"),
                        State.of(row.getString("state")),
                        row.getInt("attempts"),
                        row.getInt("failures"),
                        instant(row, "started_at"),
                        instant(row, "finished_at"),
                        texts(row.getString("evidence")),
                        row.getBoolean("simulated"),
                        row.getString("message")));
    }

    private static @Nullable Instant instant(ResultSet rows, String column) throws SQLException {
        Timestamp at = rows.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }

    private String text(Map<String, String> texts) {
        try {
            return json.writeValueAsString(texts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts is always JSON", e);
        }
    }

    private Map<String, String> texts(String text) {
        try {
            return json.readValue(text, TEXTS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the ledger holds JSON that is not a map of texts", e);
        }
    }
}
