package io.autostack.costs;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Tables of the specification, copied beside these tests.
final class SpecificationFile {

    private SpecificationFile() {}

    static List<NamedCsvRecord> read(String name) {
        try (var file = SpecificationFile.class.getResourceAsStream(name)) {
            if (file == null) throw new IllegalStateException("no such file: " + name);
            return CsvReader.builder().ofNamedCsvRecord(new InputStreamReader(file, StandardCharsets.UTF_8)).stream()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
