package io.autostack.local.keycloak;

import io.autostack.local.process.StartFailed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/// The tables of Keycloak's database as its migrations leave them, without a row of anybody's. A first start that finds
/// them skips two hundred migrations and makes its administrator, its realms and their keys itself.
///
/// @param distribution whose first start made the tables, or which begins with them
record EmptyTables(Distribution distribution) {

    private static final String DATABASE = "keycloakdb";
    private static final String FILE = DATABASE + ".mv.db";

    /// What the migrations write down about themselves.
    private static final String MIGRATIONS = "DATABASECHANGELOG";

    /// Keeps the tables of the database in `data`, which no process works in.
    void keep() {
        try (var loader =
                new URLClassLoader(new URL[] {driver().toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            var driver = (Driver) Class.forName("org.h2.Driver", true, loader)
                    .getDeclaredConstructor()
                    .newInstance();
            var nobody = new Properties();
            nobody.put("user", "");
            nobody.put("password", "");
            var address = "jdbc:h2:file:" + inUse().resolveSibling(DATABASE) + ";IFEXISTS=TRUE;NON_KEYWORDS=VALUE";
            try (var connection = driver.connect(address, nobody)) {
                empty(connection);
            }
            Files.createDirectories(kept().getParent());
            Files.move(inUse(), kept());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException | ReflectiveOperationException e) {
            throw new StartFailed("could not keep the tables of Keycloak's database", e);
        }
    }

    /// Puts them where the next start looks for its database. A distribution without them makes its own.
    void use() throws IOException {
        if (!Files.isRegularFile(kept())) return;
        Files.createDirectories(inUse().getParent());
        Files.copy(kept(), inUse());
    }

    private static void empty(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("set referential_integrity false");
            for (var table : tables(connection)) statement.execute("truncate table \"" + table + '"');
            statement.execute("set referential_integrity true");
            statement.execute("shutdown compact");
        }
    }

    private static List<String> tables(Connection connection) throws SQLException {
        var tables = new ArrayList<String>();
        try (var rows = connection.getMetaData().getTables(null, "PUBLIC", "%", new String[] {"BASE TABLE"})) {
            while (rows.next()) {
                var name = rows.getString("TABLE_NAME");
                if (!name.startsWith(MIGRATIONS)) tables.add(name);
            }
        }
        return tables;
    }

    Path kept() {
        return distribution.folder().resolve("tables").resolve(FILE);
    }

    private Path inUse() {
        return distribution.folder().resolve("data/h2").resolve(FILE);
    }

    private Path driver() throws IOException {
        try (var jars =
                Files.newDirectoryStream(distribution.folder().resolve("lib/lib/main"), "com.h2database.h2-*.jar")) {
            return jars.iterator().next();
        }
    }
}
