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
}
