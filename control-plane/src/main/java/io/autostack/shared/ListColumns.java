package io.autostack.shared;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

/// The columns by which a list can be ordered.
///
/// @param initial how the list is ordered when nobody says otherwise, as in `-created`
public record ListColumns<T>(String initial, List<Column<T>> columns) {

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,15}([.][0-9]{1,9})?");
    private static final int LAST_YEAR = 9999;

    @SafeVarargs
    public static <T> ListColumns<T> of(String initial, Column<T>... columns) {
        return new ListColumns<>(initial, List.of(columns));
    }

    /// One column. Its last key is different for every row, so that no two rows are in the same place.
    ///
    /// @param latestFirst whether whoever chooses it first wants its end first, as with times
    public record Column<T>(String name, boolean latestFirst, List<Key<T>> keys) {

        @SafeVarargs
        public static <T> Column<T> of(String name, Key<T>... keys) {
            return new Column<>(name, false, List.of(keys));
        }

        @SafeVarargs
        public static <T> Column<T> latestFirst(String name, Key<T>... keys) {
            return new Column<>(name, true, List.of(keys));
        }
    }

    /// What the database compares, and what a row that was read holds of it.
    public record Key<T>(String sql, Kind kind, Function<T, Object> value) {}

    /// The ways in which keys are compared.
    public enum Kind {
        TEXT("cast(? as text)"),
        TEXT_IN_SMALL_LETTERS("lower(cast(? as text))"),
        NUMBER("cast(? as numeric)"),
        MOMENT("cast(? as timestamptz)"),
        ID("cast(? as uuid)");

        private final String parameter;

        Kind(String parameter) {
            this.parameter = parameter;
        }

        String parameter() {
            return parameter;
        }

        /// @return empty when no row can hold it
        Optional<Object> read(String written) {
            return switch (this) {
                case TEXT, TEXT_IN_SMALL_LETTERS -> written.indexOf('\0') < 0 ? Optional.of(written) : Optional.empty();
                case NUMBER ->
                    ListColumns.NUMBER.matcher(written).matches()
                            ? Optional.of(new BigDecimal(written))
                            : Optional.empty();
                case MOMENT -> ListColumns.moment(written).map(moment -> moment);
                case ID -> ListColumns.id(written).map(id -> id);
            };
        }
    }

    /// A column and its direction.
    public record Order<T>(Column<T> column, boolean descending) {

        /// As it stands in addresses.
        public String word() {
            return (descending ? "-" : "") + column.name();
        }
    }

    public Order<T> initialOrder() {
        return order(initial).orElseThrow();
    }

    /// @return empty when there is no such column
    Optional<Order<T>> order(String word) {
        boolean descending = word.startsWith("-");
        var name = descending ? word.substring(1) : word;
        return columns.stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .map(column -> new Order<>(column, descending));
    }

    /// A moment of which the database has heard; empty otherwise.
    public static Optional<Instant> moment(String written) {
        try {
            var moment = Instant.parse(written);
            int year = moment.atOffset(ZoneOffset.UTC).getYear();
            return year >= 1 && year <= LAST_YEAR ? Optional.of(moment) : Optional.empty();
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    private static Optional<UUID> id(String written) {
        try {
            return written.length() == 36 ? Optional.of(UUID.fromString(written)) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
