package io.autostack.tenancy.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// Whoever takes an archive too slowly is told from whom it is made slowly for.
class UntilGoneTest {

    private static final Duration WITHIN = Duration.ofHours(1);
    private static final Duration REST = Duration.ofMinutes(1);

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 7);

    @Test
    void who_takes_nothing_of_what_is_there_is_too_slow() throws IOException {
        var seen = new boolean[2];
        var slow = new OutputStream[1];
        var download = until(new OutputStream() {
            @Override
            public void write(int letter) {
                pass(REST);
                seen[0] = ((UntilGone) slow[0]).isTooSlow();
                pass(Duration.ofNanos(1));
                seen[1] = ((UntilGone) slow[0]).isTooSlow();
            }
        });
        slow[0] = download;

        download.write(1);

        assertThat(seen).containsExactly(false, true);
        assertThat(download.isTooSlow()).isFalse();
    }

    @Test
    void who_waits_for_the_archive_is_not_too_slow_before_its_time_is_over() throws IOException {
        var download = until(OutputStream.nullOutputStream());
        download.write(1);
        pass(WITHIN);
        assertThat(download.isTooSlow()).isFalse();
        download.write(1);

        pass(Duration.ofNanos(1));

        assertThat(download.isTooSlow()).isTrue();
        assertThatThrownBy(() -> download.write(1)).isInstanceOf(IOException.class);
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private UntilGone until(OutputStream out) {
        return new UntilGone(out, () -> false, now::get, WITHIN, REST);
    }
}
