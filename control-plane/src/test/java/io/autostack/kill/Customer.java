package io.autostack.kill;

import io.autostack.provisioning.plans.Names;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// A tenant that an operation is tried on, once.
///
/// @param slug no slug is part of another one, so that a message that holds it is about this tenant
/// @param notes what one move leaves for the next
record Customer(String slug, Map<String, String> notes) {

    private static final AtomicInteger LAST = new AtomicInteger();

    static Customer next() {
        return new Customer("kill%04dx".formatted(LAST.incrementAndGet()), new ConcurrentHashMap<>());
    }

    Optional<UUID> id() {
        return Optional.ofNullable(notes.get("id")).map(UUID::fromString);
    }

    /// The operation that was asked for last.
    String operation() {
        return notes.getOrDefault("operation", "");
    }

    /// The name that its database began with.
    String database() {
        return Names.database(id().orElseThrow());
    }

    /// Something that is done to a tenant before it gets where it should be.
    interface Move {

        /// @return the operation to wait for; empty when there is none
        Optional<String> make(Application application, Customer customer);
    }
}
