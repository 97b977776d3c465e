package io.autostack.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipInputStream;
import org.postgresql.PGConnection;

/// An export as somebody has it who downloaded it.
public record Archive(Map<String, byte[]> files) {

    public static Archive read(Response answer) throws IOException {
        assertThat(answer.statusCode()).as(() -> answer.asString()).isEqualTo(200);
        var files = new LinkedHashMap<String, byte[]>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(answer.asByteArray()))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry())
                files.put(entry.getName(), zip.readAllBytes());
        }
        return new Archive(files);
    }

    public List<String> paths() {
        return List.copyOf(files.keySet());
    }

    public String text(String path) {
        assertThat(files).containsKey(path);
        return new String(files.get(path), StandardCharsets.UTF_8);
    }

    public JsonPath manifest() {
        return JsonPath.from(text("manifest.json"));
    }

    /// Of the tenant's own database.
    public int rows(String table) {
        return tables().stream()
                .filter(file -> (file.get("schema") + "." + file.get("table")).equals(table))
                .map(file -> (Integer) file.get("rows"))
                .findFirst()
                .orElseThrow();
    }

    /// Every file is there, with the size and the SHA-256 that the manifest says, and no other.
    public void assertManifestIsTrue() {
        var described = manifest().<List<Map<String, Object>>>getList("databases.files").stream()
                .flatMap(List::stream)
                .toList();
        assertThat(described).extracting(file -> file.get("path")).doesNotHaveDuplicates();
        assertThat(described.size() + 1).isEqualTo(files.size());
        for (var file : described) {
            var content = files.get((String) file.get("path"));
            assertThat(content).as("%s", file).isNotNull();
            assertThat(member(file, "bytes")).isEqualTo(Integer.toString(content.length));
            assertThat(file.get("sha256")).isEqualTo(sha256(content));
        }
    }

    /// The way the manifest says it: schema, rows, what comes after the rows.
    public void restoreInto(Connection database) throws SQLException, IOException {
        TenantDatabase.execute(database, text("schema.sql"));
        for (var file : tables())
            database.unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            "copy " + quoted(member(file, "schema")) + "." + quoted(member(file, "table"))
                                    + " from stdin (format csv, header)",
                            new ByteArrayInputStream(files.get((String) file.get("path"))));
        TenantDatabase.execute(database, text("schema-after-data.sql"));
    }

    private List<Map<String, Object>> tables() {
        return manifest().<Map<String, Object>>getList("databases[0].files").stream()
                .filter(file -> file.containsKey("table"))
                .toList();
    }

    public static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static String member(Map<String, Object> file, String name) {
        return String.valueOf(file.get(name));
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
