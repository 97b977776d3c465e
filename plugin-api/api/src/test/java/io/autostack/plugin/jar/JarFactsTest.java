package io.autostack.plugin.jar;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.plugin.jar.JarFacts.Reading;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjIntConsumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JarFactsTest {

    private static final String MANIFEST =
            "Manifest-Version: 1.0\nPlugin-Id: shop\nPlugin-Version: 1.2.0\nPlugin-Requires: >=0.1.0 & <0.2.0\n";

    @TempDir
    Path folder;

    @Test
    void a_sound_jar_tells_who_it_is() throws IOException {
        assertThat(read(MANIFEST, Map.of()))
                .isInstanceOfSatisfying(
                        Reading.Sound.class,
                        sound -> assertThat(List.of(
                                        sound.facts().pluginId(),
                                        sound.facts().pluginVersion(),
                                        sound.facts().pluginRequires()))
                                .isEqualTo(List.of("shop", "1.2.0", ">=0.1.0 & <0.2.0")));
    }

    @Test
    void an_empty_file_is_found() throws IOException {
        var jar = Files.createFile(folder.resolve("empty.jar"));

        assertThat(rules(JarFacts.read(jar))).containsExactly("jar.readable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../escape", "/absolute", "a/../../b", "a\\..\\b", "C:/windows", "a\u0000b", "a\u202Eb", "./a"})
    void a_name_that_leaves_the_jar_is_found(String name) throws IOException {
        assertThat(rules(read(MANIFEST, Map.of(name, "x")))).containsExactly("jar.entry-name");
    }

    @Test
    void entries_that_differ_only_in_case_are_found() throws IOException {
        assertThat(rules(read(MANIFEST, Map.of("a/B", "x", "a/b", "y")))).containsExactly("jar.duplicate");
    }

    @Test
    void a_second_manifest_is_found() throws IOException {
        assertThat(rules(read(MANIFEST, Map.of("meta-inf/manifest.mf", MANIFEST))))
                .containsExactly("jar.duplicate");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io/autostack/plugin/StackPlan.class",
                "META-INF/versions/25/io/autostack/plugin/StackPlan.class",
                "org/pf4j/Plugin.class",
                "java/lang/String.class"
            })
    void a_copy_of_a_host_class_is_found(String name) throws IOException {
        assertThat(rules(read(MANIFEST, Map.of(name, "x")))).containsExactly("jar.host-class");
    }

    @Test
    void a_nested_archive_is_found() throws IOException {
        assertThat(rules(read(MANIFEST, Map.of("lib/other.jar", "x")))).containsExactly("jar.nested");
    }

    @Test
    void a_bomb_is_found_before_it_goes_off() throws IOException {
        assertThat(rules(read(MANIFEST, Map.of("zeros", "0".repeat(8 << 20))))).containsExactly("jar.bomb");
    }

    @Test
    void too_many_entries_are_found() throws IOException {
        var entries = new LinkedHashMap<String, String>();
        for (int i = 0; i < 5_001; i++) entries.put("entry" + i, "");

        assertThat(rules(read(MANIFEST, entries))).containsExactly("jar.entry-count");
    }

    @Test
    void a_manifest_without_the_plugins_attributes_says_which_are_missing() throws IOException {
        assertThat(read("Manifest-Version: 1.0\n", Map.of()))
                .isInstanceOfSatisfying(
                        Reading.Flawed.class,
                        flawed -> assertThat(flawed.findings())
                                .extracting(Finding::message)
                                .containsExactly(
                                        "The manifest has no Plugin-Id.",
                                        "The manifest has no Plugin-Version.",
                                        "The manifest has no Plugin-Requires."));
    }

    @Test
    void a_requirement_without_an_upper_bound_is_found() throws IOException {
        var open = MANIFEST.replace(" & <0.2.0", "");

        assertThat(rules(read(open, Map.of()))).containsExactly("manifest.requires-range");
    }

    @Test
    void an_id_that_could_be_a_path_is_found() throws IOException {
        assertThat(rules(read(MANIFEST.replace("shop", "../shop"), Map.of()))).containsExactly("manifest.malformed");
    }

    @Test
    void a_file_that_is_no_jar_is_found() throws IOException {
        var text = Files.writeString(folder.resolve("text.jar"), "not a jar");

        assertThat(rules(JarFacts.read(text))).containsExactly("jar.readable");
    }

    @Test
    void a_truncated_jar_is_found() throws IOException {
        var jar = write(MANIFEST, Map.of("a", "x".repeat(1000)));
        var bytes = Files.readAllBytes(jar);
        Files.write(jar, Arrays.copyOf(bytes, bytes.length / 2));

        assertThat(rules(JarFacts.read(jar))).containsExactly("jar.readable");
    }

    @Test
    void a_malformed_manifest_is_found() throws IOException {
        assertThat(rules(read("no colon here\n", Map.of()))).containsExactly("jar.readable");
    }

    @Test
    void s33_many_entries_are_added_up() throws IOException {
        var entries = new LinkedHashMap<String, String>();
        for (int i = 0; i < 150; i++) entries.put("zeros" + i, "0".repeat(900 << 10));

        assertThat(rules(read(MANIFEST, entries))).containsExactly("jar.bomb");
    }

    @Test
    void m13_a_jar_that_unpacks_to_exactly_the_most_is_sound_and_one_byte_more_is_not() throws IOException {
        var entries = new LinkedHashMap<String, String>();
        for (int i = 1; i < 128; i++) entries.put("zeros" + i, "0".repeat(1 << 20));
        entries.put("rest", "0".repeat((1 << 20) - MANIFEST.length()));
        assertThat(rules(read(MANIFEST, entries))).isEmpty();

        entries.put("more", "0");
        assertThat(rules(read(MANIFEST, entries))).containsExactly("jar.bomb");
    }

    @Test
    void m13_exactly_as_many_entries_as_there_may_be_are_fine() throws IOException {
        var entries = new LinkedHashMap<String, String>();
        for (int i = 1; i < 5_000; i++) entries.put("entry" + i, "");

        assertThat(rules(read(MANIFEST, entries))).isEmpty();
    }

    @Test
    void m13_a_name_may_have_three_hundred_characters_and_no_more() throws IOException {
        assertThat(rules(read(MANIFEST, Map.of("n".repeat(300), "x")))).isEmpty();
        assertThat(rules(read(MANIFEST, Map.of("n".repeat(301), "x")))).containsExactly("jar.entry-name");
    }

    @Test
    void m13_a_manifest_of_exactly_sixty_four_kibibytes_is_read() throws IOException {
        var line = "X: y\n";
        var filled = MANIFEST + line.repeat((64 * 1024 - MANIFEST.length()) / line.length() - 1);
        var exact = filled + "Y: " + "z".repeat(64 * 1024 - filled.length() - 4) + "\n";
        assertThat(exact).hasSize(64 * 1024);

        assertThat(rules(read(exact, Map.of()))).isEmpty();
        assertThat(rules(read(exact.replace("Y: ", "Y: z"), Map.of()))).containsExactly("jar.readable");
    }

    @Test
    void m13_a_file_of_exactly_the_largest_size_is_looked_into_and_a_larger_one_is_not() throws IOException {
        assertThat(rules(JarFacts.read(hollow(JarFacts.MAX_JAR)))).containsExactly("jar.readable");
        assertThat(rules(JarFacts.read(hollow(JarFacts.MAX_JAR + 1)))).containsExactly("jar.size");
    }

    /// A file of that many bytes, none of which take room.
    private Path hollow(long bytes) throws IOException {
        var file = folder.resolve("hollow.jar");
        try (var opened = new RandomAccessFile(file.toFile(), "rw")) {
            opened.setLength(bytes);
        }
        return file;
    }

    @Test
    void s33_an_archive_inside_is_found_under_any_name() throws IOException {
        assertThat(rules(read(MANIFEST, Map.of("data.bin", "PK\u0003\u0004 and so on"))))
                .containsExactly("jar.nested");
    }

    @Test
    void s33_a_name_that_is_a_file_and_a_folder_is_found() throws IOException {
        assertThat(rules(read(MANIFEST, Map.of("a", "x", "A/b", "y")))).containsExactly("jar.duplicate");
    }

    @Test
    void s33_a_huge_manifest_is_not_read() throws IOException {
        assertThat(read(MANIFEST + "X: y\n".repeat(20_000), Map.of()))
                .isEqualTo(new Reading.Flawed(List.of(new Finding(
                        "jar.readable", "The file is not a readable jar: the manifest is larger than 64 KiB"))));
    }

    @Test
    void s33_a_symbolic_link_is_found() throws IOException {
        assertThat(rules(changed("link", (jar, listed) -> {
                    jar.put(listed + 5, (byte) 3);
                    jar.putInt(listed + 38, 0120777 << 16);
                })))
                .containsExactly("jar.link");
    }

    @Test
    void s33_an_entry_that_shares_bytes_with_another_is_found() throws IOException {
        assertThat(rules(changed("link", (jar, listed) -> jar.putInt(listed + 42, 0))))
                .containsExactly("jar.overlap");
    }

    @Test
    void s33_an_entry_that_reaches_into_the_directory_is_found() throws IOException {
        assertThat(rules(changed("link", (jar, listed) -> jar.putInt(listed + 20, 1000))))
                .containsExactly("jar.overlap");
    }

    @Test
    void s33_an_encrypted_entry_is_found() throws IOException {
        assertThat(rules(changed("link", (jar, listed) -> jar.put(listed + 8, (byte) 1))))
                .containsExactly("jar.layout");
    }

    @Test
    void s33_an_entry_with_two_names_is_found() throws IOException {
        assertThat(rules(changed("link", (jar, listed) -> jar.put(listed + 46, (byte) 'p'))))
                .containsExactly("jar.layout");
    }

    @Test
    void s33_an_entry_that_is_there_twice_is_found() throws IOException {
        var jar = write(MANIFEST, Map.of("one1", "x", "one2", "y"));
        var bytes = new String(Files.readAllBytes(jar), StandardCharsets.ISO_8859_1).replace("one2", "one1");
        Files.write(jar, bytes.getBytes(StandardCharsets.ISO_8859_1));

        assertThat(rules(JarFacts.read(jar))).containsExactly("jar.duplicate");
    }

    @Test
    void s33_a_jar_with_something_in_front_is_found() throws IOException {
        var jar = write(MANIFEST, Map.of());
        Files.write(
                jar,
                ("#!/bin/sh\n" + new String(Files.readAllBytes(jar), StandardCharsets.ISO_8859_1))
                        .getBytes(StandardCharsets.ISO_8859_1));

        assertThat(rules(JarFacts.read(jar))).containsExactly("jar.layout");
    }

    /// A sound jar, changed where its directory lists the entry of this name.
    private Reading changed(String name, ObjIntConsumer<ByteBuffer> change) throws IOException {
        var jar = write(MANIFEST, Map.of(name, "x"));
        var bytes = Files.readAllBytes(jar);
        var listed = new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf(name) - 46;
        change.accept(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), listed);
        Files.write(jar, bytes);
        return JarFacts.read(jar);
    }

    private Reading read(String manifest, Map<String, String> entries) throws IOException {
        return JarFacts.read(write(manifest, entries));
    }

    private Path write(String manifest, Map<String, String> entries) throws IOException {
        var jar = folder.resolve("plugin.jar");
        try (var zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            put(zip, "META-INF/MANIFEST.MF", manifest);
            for (var entry : entries.entrySet()) put(zip, entry.getKey(), entry.getValue());
        }
        return jar;
    }

    private static void put(ZipOutputStream zip, String name, String content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    private static List<String> rules(Reading reading) {
        return switch (reading) {
            case Reading.Flawed(var findings) ->
                findings.stream().map(Finding::rule).toList();
            case Reading.Sound _ -> List.of();
        };
    }
}
