package io.autostack.moves;

import io.autostack.ui.parts.Formats;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Whether a tenant can move to production, one item for each thing that matters. Pure: facts in, list out.
record Readiness(List<Item> items) {

    Readiness {
        items = List.copyOf(items);
    }

    /// What is known about one item.
    enum Answer {
        MET,
        OPEN,
        /// Nobody looked; it keeps nobody from moving.
        NOT_CHECKED
    }

    /// @param what as a sentence
    /// @param remedy what to do when it is open, or where to look when it is not checked; empty otherwise
    record Item(String name, String what, Answer answer, String remedy) {}

    /// What the platform looked up.
    ///
    /// @param status of the tenant, in a word
    /// @param underWay titles of operations that have not ended
    /// @param failed titles of operations that failed and were neither retried nor released
    /// @param databaseProblem why the tenant cannot work in its database
    /// @param overLimits sentences about limits that are exceeded
    /// @param placementObstacle why the database cannot be placed as wanted
    /// @param schemaProblem why its schema is not what new tenants begin with
    record Facts(
            String status,
            List<String> underWay,
            List<String> failed,
            Optional<String> databaseProblem,
            List<String> overLimits,
            Optional<String> placementObstacle,
            Optional<String> schemaProblem,
            Room room) {}

    /// What the move takes on the disk of the database server for as long as it lasts.
    ///
    /// @param wanted bytes; empty when nobody can say
    /// @param free bytes; empty when the disk is not on this machine
    /// @param unknown what to do when nobody knows either of them
    record Room(OptionalLong wanted, OptionalLong free, String unknown) {}

    static Readiness of(Facts facts, Set<Confirmation> confirmed) {
        var items = new ArrayList<Item>();
        items.add(item(
                "active",
                "The tenant is active.",
                facts.status().equals("active"),
                "It is " + facts.status() + ". Resume or mend it first."));
        items.add(item(
                "quiet",
                "No other operation is under way.",
                facts.underWay().isEmpty(),
                "Wait for: " + String.join(", ", facts.underWay()) + "."));
        items.add(item(
                "mended",
                "No operation was left failed.",
                facts.failed().isEmpty(),
                "Retry or release: " + String.join(", ", facts.failed()) + "."));
        items.add(item(
                "database",
                "The tenant can sign in to its database and work there.",
                facts.databaseProblem().isEmpty(),
                facts.databaseProblem().orElse("")));
        items.add(item(
                "limits",
                "Usage is within the limits of the plan.",
                facts.overLimits().isEmpty(),
                String.join(" ", facts.overLimits())));
        items.add(item(
                "placement",
                "The production database can be placed as wanted.",
                facts.placementObstacle().isEmpty(),
                facts.placementObstacle().orElse("")));
        items.add(item(
                "schema",
                "The schema is at the version that new tenants begin at.",
                facts.schemaProblem().isEmpty(),
                facts.schemaProblem().orElse("")));
        items.add(room(facts.room()));
        for (var confirmation : Confirmation.values())
            items.add(item(
                    confirmation.word(),
                    confirmation.sentence(),
                    confirmed.contains(confirmation),
                    "Somebody has to confirm it."));
        return new Readiness(items);
    }

    boolean ready() {
        return open().isEmpty();
    }

    List<Item> open() {
        return items.stream().filter(item -> item.answer() == Answer.OPEN).toList();
    }

    private static Item room(Room room) {
        var what = "There is room for two more copies of the database while it moves.";
        var take = room.wanted().stream()
                .mapToObj(bytes -> "They take " + Formats.bytes(bytes))
                .findFirst();
        if (take.isEmpty() || room.free().isEmpty())
            return new Item(
                    "room",
                    what,
                    Answer.NOT_CHECKED,
                    take.map(said -> said + ". ").orElse("") + room.unknown());
        var free = room.free().getAsLong();
        return item(
                "room",
                what,
                room.wanted().getAsLong() <= free,
                take.get() + ", and " + Formats.bytes(free) + " are free. Make room on the disk first.");
    }

    private static Item item(String name, String what, boolean met, String recovery) {
        return new Item(name, what, met ? Answer.MET : Answer.OPEN, met ? "" : recovery);
    }
}
