package io.autostack.tenancy;

import io.autostack.shared.UuidV7;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.UUID;

/// The apps of the tenant whose scope the database connection has.
@ApplicationScoped
public class Projects implements PanacheRepositoryBase<Project, UUID> {

    private final InstantSource clock;

    @Inject
    Projects(InstantSource clock) {
        this.clock = clock;
    }

    public boolean isTaken(String slug) {
        return count("slug = ?1 and removedAt is null", slug) > 0;
    }

    public UUID add(UUID tenant, String slug, String name) {
        var project = new Project(UuidV7.next(), tenant, slug, name, clock.instant());
        persist(project);
        flush();
        return project.id;
    }

    /// The app no longer counts, and its short name is free again.
    public void remove(UUID id) {
        update("removedAt = ?1 where id = ?2 and removedAt is null", clock.instant(), id);
    }
}
