package io.autostack.costs;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;

/// The newest price book as a file of the program, for whoever has no database to ask. It says what the database says.
public final class BundledPriceBook {

    private static final String FILE = "price-book.json";

    private BundledPriceBook() {}

    public static PriceBook read() {
        try (var file = BundledPriceBook.class.getResourceAsStream(FILE)) {
            if (file == null) throw new FileNotFoundException(FILE);
            return JsonMapper.builder().addModule(new JavaTimeModule()).build().readValue(file, PriceBook.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
