package io.autostack.provisioning;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autostack.provisioning.Operation.State;
import io.autostack.provisioning.Operation.StepRecord;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
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
                    try (var scope = connection.prepareStatement(AS_THE_PLATFORM)) {
                        scope.execute();
                    }
                    return work.on(connection);
                }));
    }

    /// @return its id; empty when this request was made before
    Optional<UUID> insert(Connection connection, Enqueued enqueued) throws SQLException {
        UUID id;
        try (var insert = connection.prepareStatement(INSERT)) {
            insert.setObject(1, enqueued.tenant());
            insert.setString(2, enqueued.kind());
            insert.setString(3, enqueued.title());
            insert.setString(4, enqueued.requestKey());
            insert.setString(5, requests.write(enqueued.request()));
            insert.setString(6, text(enqueued.learned().values()));
            try (var rows = insert.executeQuery()) {
                if (!rows.next()) return Optional.empty();
                id = rows.getObject(1, UUID.class);
            }
        }
        insertSteps(connection, id, enqueued.tenant(), enqueued.steps());
        return Optional.of(id);
    }

    void insertSteps(Connection connection, UUID operation, UUID tenant, List<Step> steps) throws SQLException {
        try (var insert = connection.prepareStatement(INSERT_STEP)) {
            for (int position = 0; position < steps.size(); position++) {
                insert.setObject(1, operation);
                insert.setInt(2, position);
                insert.setObject(3, tenant);
                insert.setString(4, steps.get(position).name());
                insert.setString(5, steps.get(position).title());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    Optional<UUID> findByRequestKey(Connection connection, String requestKey) throws SQLException {
        try (var select = connection.prepareStatement("select id from provisioning.operation where request_key = ?")) {
            select.setString(1, requestKey);
            try (var rows = select.executeQuery()) {
                return rows.next() ? Optional.of(rows.getObject(1, UUID.class)) : Optional.empty();
            }
        }
    }

    Optional<Operation> find(Connection connection, UUID id) throws SQLException {
        try (var select = connection.prepareStatement(SELECT + " where id = ?")) {
            select.setObject(1, id);
            return operations(connection, select).stream().findFirst();
        }
    }

    /// The same, and until the transaction ends nobody else decides how it goes on.
    Optional<Operation> findLocked(Connection connection, UUID id) throws SQLException {
        try (var lock =
                connection.prepareStatement("select from provisioning.operation where id = ? for no key update")) {
            lock.setObject(1, id);
            lock.execute();
        }
        return find(connection, id);
    }

    /// Until the transaction ends nobody else decides whose turn it is at this tenant.
    void lockTenant(Connection connection, UUID tenant) throws SQLException {
        try (var lock = connection.prepareStatement("select pg_advisory_xact_lock(hashtextextended(?, 0))")) {
            lock.setString(1, "turn:" + tenant);
            lock.execute();
        }
    }

    /// The operation of the same tenant that runs, or the oldest that was asked for before this one and has not ended.
    Optional<Operation> firstBefore(Connection connection, Operation operation) throws SQLException {
        try (var select = connection.prepareStatement(SELECT + """
                 where tenant_id = ? and id <> ? and (state = 'running' or state = 'waiting' and (created_at, id) < (
                       select created_at, id from provisioning.operation where id = ?))
                 order by state, created_at, id
                 limit 1
                """)) {
            select.setObject(1, operation.tenant());
            select.setObject(2, operation.id());
            select.setObject(3, operation.id());
            return operations(connection, select).stream().findFirst();
        }
    }

    /// The newest of all tenants, without their steps.
    List<Operation> latest(Connection connection, int max) throws SQLException {
        try (var select = connection.prepareStatement(SELECT + NEWEST_FIRST)) {
            select.setInt(1, max);
            return withoutSteps(select.executeQuery());
        }
    }

    /// The newest of one tenant, without their steps but for the newest that is not done: two questions in one message.
    List<Operation> latest(Connection connection, UUID tenant, int max) throws SQLException {
        try (var select = connection.prepareStatement(LATEST)) {
            select.setObject(1, tenant);
            select.setInt(2, max);
            select.setObject(3, tenant);
            select.setInt(4, max);
            select.execute();
            var found = withoutSteps(select.getResultSet());
            select.getMoreResults();
            var steps = steps(select.getResultSet());
            return found.stream()
                    .map(operation -> operation.with(steps.getOrDefault(operation.id(), List.of())))
                    .toList();
        }
    }

    /// All operations of one kind of a tenant, oldest first.
    List<Operation> ofKind(Connection connection, UUID tenant, String kind) throws SQLException {
        try (var select =
                connection.prepareStatement(SELECT + " where tenant_id = ? and kind = ? order by created_at, id")) {
            select.setObject(1, tenant);
            select.setString(2, kind);
            return operations(connection, select);
        }
    }

    /// All operations of a tenant that have not ended, oldest first.
    List<Operation> underWay(Connection connection, UUID tenant) throws SQLException {
        try (var select = connection.prepareStatement(
                SELECT + " where tenant_id = ? and state in ('waiting', 'running') order by created_at, id")) {
            select.setObject(1, tenant);
            return operations(connection, select);
        }
    }

    /// Changes an operation only if nobody else did meanwhile.
    ///
    /// @return false when somebody was faster
    boolean change(Connection connection, OperationChange change) throws SQLException {
        try (var update = connection.prepareStatement("""
                update provisioning.operation
                   set state = ?, facts = ?::jsonb, message = ?, simulated = simulated or ?, version = version + 1,
                       unanswered = ?, unsettled = ?,
                       started_at = coalesce(started_at, case when ? = 'waiting' then null else clock_timestamp() end),
                       finished_at = case when ? in ('done', 'failed') then clock_timestamp() end
                 where id = ? and version = ?
                """)) {
            int parameter = 1;
            update.setString(parameter++, change.to().word());
            update.setString(parameter++, text(change.learned().values()));
            update.setString(parameter++, change.message());
            update.setBoolean(parameter++, change.simulated());
            update.setInt(parameter++, change.unanswered());
            update.setInt(parameter++, change.unhandled());
            update.setString(parameter++, change.to().word());
            update.setString(parameter++, change.to().word());
            update.setObject(parameter++, change.operation().id());
            update.setInt(parameter, change.operation().version());
            return update.executeUpdate() == 1;
        }
    }

    /// Attempts that are given back are no evidence against anybody.
    void giveBack(Connection connection, Collection<UUID> operations) throws SQLException {
        try (var update = connection.prepareStatement("""
                update provisioning.operation set unanswered = 0 where id = any (?) and state = 'running'
                """)) {
            update.setArray(1, connection.createArrayOf("uuid", operations.toArray()));
            update.executeUpdate();
        }
    }

    /// Ends one that cannot be read, and so cannot be completed either.
    ///
    /// @return false when it has ended
    boolean abandon(Connection connection, UUID operation, String why) throws SQLException {
        try (var update = connection.prepareStatement("""
                update provisioning.operation
                   set state = 'failed', message = ?, version = version + 1, unanswered = 0, unsettled = 0,
                       finished_at = clock_timestamp()
                 where id = ? and state in ('waiting', 'running')
                """)) {
            update.setString(1, why);
            update.setObject(2, operation);
            return update.executeUpdate() == 1;
        }
    }

    /// @return the step as it is now
    StepRecord step(Connection connection, UUID operation, StepChange change) throws SQLException {
        try (var update = connection.prepareStatement("""
                update provisioning.step
                   set state = ?, attempts = ?, failures = ?, evidence = ?::jsonb, simulated = ?, message = ?,
                       started_at = case when ? = 'waiting' then null else coalesce(started_at, clock_timestamp()) end,
                       finished_at = case when ? in ('done', 'failed') then clock_timestamp() end
                 where operation_id = ? and position = ?
                returning started_at, finished_at
                """)) {
            int parameter = 1;
            update.setString(parameter++, change.to().word());
            update.setInt(parameter++, change.attempts());
            update.setInt(parameter++, change.failures());
            update.setString(parameter++, text(change.evidence()));
            update.setBoolean(parameter++, change.simulated());
            update.setString(parameter++, change.message());
            update.setString(parameter++, change.to().word());
            update.setString(parameter++, change.to().word());
            update.setObject(parameter++, operation);
            update.setInt(parameter, change.step().position());
            try (var row = update.executeQuery()) {
                row.next();
                return change.at(instant(row, "started_at"), instant(row, "finished_at"));
            }
        }
    }

    private List<Operation> operations(Connection connection, PreparedStatement select) throws SQLException {
        var found = withoutSteps(select.executeQuery());
        if (found.isEmpty()) return found;
        var steps = steps(connection, found.stream().map(Operation::id).toArray());
        return found.stream()
                .map(operation -> operation.with(steps.getOrDefault(operation.id(), List.of())))
                .toList();
    }

    private List<Operation> withoutSteps(ResultSet rows) throws SQLException {
        var found = new ArrayList<Operation>();
        try (rows) {
            while (rows.next())
                found.add(new Operation(
                        rows.getObject("id", UUID.class),
                        rows.getObject("tenant_id", UUID.class),
                        rows.getString("kind"),
                        rows.getString("title"),
                        State.of(rows.getString("state")),
                        requests.read(rows.getString("kind"), rows.getString("request")),
                        new Facts(texts(rows.getString("facts"))),
                        rows.getString("message"),
                        rows.getBoolean("simulated"),
                        rows.getInt("version"),
                        rows.getTimestamp("created_at").toInstant(),
                        instant(rows, "started_at"),
                        instant(rows, "finished_at"),
                        rows.getInt("unanswered"),
                        rows.getInt("unsettled"),
                        List.of()));
        }
        return found;
    }

    private Map<UUID, List<StepRecord>> steps(Connection connection, Object[] operations) throws SQLException {
        try (var select = connection.prepareStatement(SELECT_STEPS)) {
            select.setArray(1, connection.createArrayOf("uuid", operations));
            return steps(select.executeQuery());
        }
    }

    private Map<UUID, List<StepRecord>> steps(ResultSet rows) throws SQLException {
        var found = new HashMap<UUID, List<StepRecord>>();
        try (rows) {
            while (rows.next())
                found.computeIfAbsent(rows.getObject("operation_id", UUID.class), id -> new ArrayList<>())
                        .add(new StepRecord(
                                rows.getInt("position"),
                                rows.getString("name"),
                                rows.getString("title"),
                                State.of(rows.getString("state")),
                                rows.getInt("attempts"),
                                rows.getInt("failures"),
                                instant(rows, "started_at"),
                                instant(rows, "finished_at"),
                                texts(rows.getString("evidence")),
                                rows.getBoolean("simulated"),
                                rows.getString("message")));
        }
        return found;
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
