package io.autostack.metering;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PlatformDatabase.Extension.class)
class SubjectsTest {

    private final PlatformDatabase database;
    private final Subjects subjects;

    SubjectsTest(PlatformDatabase database) {
        this.database = database;
        this.subjects = new Subjects(database.platform());
    }

    @Test
    void a_tenant_is_found_by_slug_and_by_id_in_either_case() {
        var id = database.tenant("found", "starter", "2026-11-01T00:00:00Z");
        var words = Set.of("found", id.toString(), id.toString().toUpperCase(Locale.ROOT));

        assertThat(subjects.find(words).keySet()).isEqualTo(words);
    }

    @Test
    void a_word_that_no_tenant_has_is_not_there() {
        assertThat(subjects.find(Set.of("nobody", UUID.randomUUID().toString(), "\u0000", "")))
                .isEmpty();
    }

    @Test
    void a_closed_tenant_says_so() {
        database.tenant("closed-one", "Closed", "starter", "closed", "2026-11-01T00:00:00Z");

        assertThat(subjects.find(Set.of("closed-one")).values())
                .extracting(Subjects.Found::closed)
                .containsExactly(true);
    }

    @Test
    void a_scope_of_one_tenant_finds_no_other() {
        var mine = database.tenant("mine", "starter", "2026-11-01T00:00:00Z");
        database.tenant("theirs", "starter", "2026-11-01T00:00:00Z");

        assertThat(new Subjects(database.ofTenant(mine)).find(Set.of("mine", "theirs")))
                .containsOnlyKeys("mine");
    }
}
