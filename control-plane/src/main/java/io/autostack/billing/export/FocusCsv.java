package io.autostack.billing.export;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.autostack.billing.Charge;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Writes charges as FOCUS CSV: RFC 4180, UTF-8, a header of column ids, an empty cell for null.
final class FocusCsv implements AutoCloseable {

    private final List<FocusColumn> columns;
    private final String issuer;
    private final CsvWriter csv;

    FocusCsv(FocusVersion version, String issuer, OutputStream out) {
        this.columns = FocusColumn.of(version);
        this.issuer = issuer;
        this.csv = CsvWriter.builder().build(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        csv.writeRecord(columns.stream().map(FocusColumn::id).toList());
    }

    void write(Charge charge) {
        var record = csv.writeRecord();
        for (var column : columns) record.writeField(column.cell(charge, issuer));
        record.endRecord();
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }
}
