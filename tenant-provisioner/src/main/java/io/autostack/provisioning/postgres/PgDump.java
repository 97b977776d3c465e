package io.autostack.provisioning.postgres;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The program `pg_dump` of this machine. It is of use where it is of the server's major version: an older one
/// refuses the server, a newer one writes what the server may not understand.
///
/// @param program its name or path
public record PgDump(String program) {

    private static final Duration TO_SAY_ITS_VERSION = Duration.ofSeconds(20);
    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) ((\\d+)[.0-9a-z]*)");

    /// Nothing that a program could take for an option, a path or a connection string.
    private static final Pattern DATABASE = Pattern.compile("[a-z][a-z0-9_-]{0,62}");

    /// Empty when the program is there and of the server's major version.
    public Optional<String> whyNot(Connection server) throws SQLException {
        var here = version().map(version -> version.replaceFirst("\\D.*", ""));
        if (here.isEmpty()) return Optional.of("there is no program " + program + " on this machine");
        var there = Integer.toString(server.getMetaData().getDatabaseMajorVersion());
        return here.get().equals(there)
                ? Optional.empty()
                : Optional.of(program + " is of version " + here.get() + ", the server of " + there);
    }

    /// As the program says it; empty when there is no such program.
    public Optional<String> version() {
        try {
            var found = VERSION.matcher(new Program(program)
                    .run(TO_SAY_ITS_VERSION, Map.of(), Optional::empty, List.of("--version"))
                    .said());
            return found.find() ? Optional.of(found.group(1)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// The whole database into a file.
    ///
    /// @param login may read the database as its role; the password travels in the environment, never on the
    /// command line
    public Program.Answer file(
            Duration max, TenantServer server, String database, Login login, Program.Obstacle obstacle, String file)
            throws IOException {
        return new Program(program)
                .run(
                        max,
                        environment(server, login),
                        obstacle,
                        arguments(server, database, login, List.of("--format=custom", "--file=" + file)));
    }

    /// A part of a database's structure as a script.
    ///
    /// @param snapshot one that another session has exported
    public Program.Answer section(
            Duration max,
            TenantServer server,
            String database,
            Login login,
            String section,
            String snapshot,
            OutputStream output)
            throws IOException {
        return new Program(program)
                .write(
                        max,
                        environment(server, login),
                        output,
                        arguments(
                                server,
                                database,
                                login,
                                List.of(
                                        "--section=" + section,
                                        "--snapshot=" + snapshot,
                                        "--lock-wait-timeout=3000",
                                        "--encoding=UTF8",
                                        "--exclude-schema=autostack",
                                        "--no-tablespaces",
                                        "--no-subscriptions",
                                        // Large objects are made by what stands for their metadata.
                                        "-B")));
    }

    /// The driver's names for files and ways of encryption are the C library's too.
    private static Map<String, String> environment(TenantServer server, Login login) {
        var environment = new HashMap<>(Map.of("PGPASSWORD", login.password(), "PGCONNECT_TIMEOUT", "10"));
        for (var name : List.of("sslmode", "sslrootcert")) {
            var value = server.encryption().get(name);
            if (value != null) environment.put("PG" + name.toUpperCase(Locale.ROOT), value);
        }
        return environment;
    }

    private static List<String> arguments(TenantServer server, String database, Login login, List<String> more) {
        if (!DATABASE.matcher(database).matches())
            throw new IllegalArgumentException("a database cannot be called " + database);
        var arguments = new ArrayList<>(more);
        arguments.addAll(List.of(
                "--no-owner",
                "--no-privileges",
                "--no-password",
                "--host=" + server.host(),
                "--port=" + server.port(),
                "--username=" + login.user(),
                "--role=" + database,
                "--dbname=" + database));
        return arguments;
    }
}
