package io.autostack.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.identity.Sessions.Owner;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SessionsTest {

    private static final String TOKENS = "id refresh";

    @Inject
    Sessions sessions;

    @Inject
    InstantSource clock;

    private final Owner owner = owner(UUID.randomUUID().toString());

    @Test
    void a_session_that_was_ended_does_not_go_on() {
        var handle = sessions.begin(owner, TOKENS, soon());
        sessions.end(handle);

        assertThat(sessions.goOn(handle, TOKENS, soon())).isFalse();
        assertThat(sessions.tokens(handle)).isEmpty();
    }

    @Test
    void a_session_goes_on_with_new_tokens_under_the_same_handle() {
        var handle = sessions.begin(owner, TOKENS, soon());

        assertThat(sessions.goOn(handle, "newer", soon())).isTrue();
        assertThat(sessions.tokens(handle)).hasValue("newer");
    }

    @Test
    void expired_sessions_are_dead_and_removed_and_others_stay() {
        var expired = sessions.begin(owner, TOKENS, clock.instant().minusSeconds(1));
        var alive = sessions.begin(owner, TOKENS, soon());
        assertThat(sessions.isAlive(expired)).isFalse();

        sessions.removeExpired();

        assertThat(sessions.goOn(expired, TOKENS, soon())).isFalse();
        assertThat(sessions.isAlive(alive)).isTrue();
    }

    @Test
    void a_person_has_twenty_sessions_at_the_most_and_the_oldest_make_way() {
        var handles = new ArrayList<String>();
        for (int i = 0; i < 23; i++) handles.add(sessions.begin(owner, TOKENS, soon()));

        assertThat(handles.stream().filter(sessions::isAlive)).hasSize(20).contains(handles.getLast());
    }

    @Test
    void the_provider_ends_one_session_or_all_of_a_person_and_nobody_elses() {
        var one = sessions.begin(owner, TOKENS, soon());
        var two = sessions.begin(new Owner(owner.subject(), "other", null), TOKENS, soon());
        var stranger = sessions.begin(owner(UUID.randomUUID().toString()), TOKENS, soon());

        sessions.endAtProvider(owner.subject(), owner.providerSession());
        assertThat(sessions.isAlive(one)).isFalse();
        assertThat(sessions.isAlive(two)).isTrue();

        sessions.endAtProvider(owner.subject(), null);
        assertThat(sessions.isAlive(two)).isFalse();

        sessions.endAtProvider(null, null);
        assertThat(sessions.isAlive(stranger)).isTrue();
    }

    private static Owner owner(String subject) {
        return new Owner(subject, "at provider " + subject, null);
    }

    private Instant soon() {
        return clock.instant().plus(Duration.ofMinutes(5));
    }
}
