package io.autostack.operations;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.autostack.provisioning.Operation;
import io.autostack.shared.SpreadsheetText;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The ledger of one operation as a table: one line for each step (RFC 4180). Pure.
final class LedgerCsv {

    private static final List<String> HEADER = List.of(
            "operation",
            "kind",
            "tenant",
            "step",
            "title",
            "state",
            "attempts",
            "started_at",
            "finished_at",
            "simulated",
            "evidence",
            "message");

    private LedgerCsv() {}

    static String of(Operation operation) {
        var lines = new ArrayList<List<String>>();
        lines.add(HEADER);
        for (var step : operation.steps())
            lines.add(List.of(
                    operation.id().toString(),
                    operation.kind(),
                    operation.tenant().toString(),
                    step.name(),
                    step.title(),
                    step.state().word(),
                    Integer.toString(step.attempts()),
                    text(step.startedAt()),
                    text(step.finishedAt()),
                    Boolean.toString(step.simulated()),
                    new TreeMap<>(step.evidence())
                            .entrySet().stream()
                                    .map(entry -> entry.getKey() + "=" + entry.getValue())
                                    .collect(Collectors.joining("; ")),
                    step.message() == null ? "" : step.message()));
        var text = new StringWriter();
        try (var csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(text)) {
            for (var line : lines)
                csv.writeRecord(line.stream().map(SpreadsheetText::safe).toList());
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory takes everything", e);
        }
        return text.toString();
    }

    private static String text(@Nullable Instant at) {
        return at == null ? "" : at.toString();
    }
}
