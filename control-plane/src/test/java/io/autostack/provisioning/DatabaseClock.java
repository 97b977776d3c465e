package io.autostack.provisioning;

import io.autostack.testing.Server;
import java.sql.SQLException;
import java.time.InstantSource;
import org.postgresql.ds.PGSimpleDataSource;

/// The clock of the database, as it is told to those who ask for it here, an hour ahead until it is set.
final class DatabaseClock implements AutoCloseable {

    private final PGSimpleDataSource database = new PGSimpleDataSource();

    DatabaseClock() throws SQLException {
        Server.execute("autostack", """
                create schema wrong_clock;
                create table wrong_clock.ahead as select interval '1 hour' as hours;
                create function wrong_clock.clock_timestamp() returns timestamptz language sql
                    return (select pg_catalog.clock_timestamp() + hours from wrong_clock.ahead);
                grant usage on schema wrong_clock to public;
                grant select on wrong_clock.ahead to public;
                """);
        database.setUrl(Server.url("autostack"));
        database.setUser(Server.setting("AUTOSTACK_DB_USER"));
        database.setPassword(Server.setting("AUTOSTACK_DB_PASSWORD"));
        database.setOptions("-c search_path=wrong_clock,pg_catalog");
    }

    LedgerTime time() {
        return new LedgerTime(database, InstantSource.system());
    }

    void set() throws SQLException {
        Server.execute("autostack", "update wrong_clock.ahead set hours = '0'");
    }

    @Override
    public void close() throws SQLException {
        Server.execute("autostack", "drop schema wrong_clock cascade");
    }
}
