package io.autostack.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BoundedTest {

    private static final int MANY = 5_000_000;

    @Test
    void what_is_short_enough_stays_as_it_is() {
        assertThat(Bounded.text("exactly", 7)).isEqualTo("exactly");
        assertThat(Bounded.text("one more", 7)).isEqualTo("one mo…");
        assertThat(Bounded.sentence(null)).isNull();
    }

    @Test
    void a_pair_is_not_cut_in_half() {
        assertThat(Bounded.text("ab😀cd", 4)).isEqualTo("ab…");
        assertThat(Bounded.text("ab😀cd", 5)).isEqualTo("ab😀…");
    }

    @Test
    void what_no_database_can_keep_is_replaced() {
        assertThat(Bounded.text("a\0b\uDC00", 10)).isEqualTo("a\uFFFDb\uFFFD");
    }

    @Test
    void s01_evidence_is_bounded_in_length_and_number() {
        var evidence = IntStream.range(0, 1_000).boxed().collect(Collectors.toMap(String::valueOf, n -> "found"));

        assertThat(Bounded.evidence(evidence)).hasSize(Bounded.PIECES + 1).containsEntry("…", "800 more");
        assertThat(Bounded.evidence(Map.of("K".repeat(MANY), "V".repeat(MANY)))).allSatisfy((name, value) -> {
            assertThat(name).hasSize(200);
            assertThat(value).hasSize(Bounded.EVIDENCE);
        });
    }

    @Test
    void s01_exactly_as_many_pieces_as_are_kept_are_all_kept_and_one_more_is_counted() {
        var exact = IntStream.range(0, Bounded.PIECES).boxed().collect(Collectors.toMap(String::valueOf, n -> "x"));
        assertThat(Bounded.evidence(exact)).isEqualTo(exact);

        exact.put("one more", "x");
        assertThat(Bounded.evidence(exact)).hasSize(Bounded.PIECES + 1).containsEntry("…", "1 more");
    }

    @Test
    void s01_texts_of_exactly_the_longest_length_stay_as_they_are() {
        var evidence = Map.of("k".repeat(200), "v".repeat(Bounded.EVIDENCE));
        assertThat(Bounded.evidence(evidence)).isEqualTo(evidence);

        var sentence = "s".repeat(Bounded.SENTENCE);
        assertThat(Bounded.sentence(sentence)).isEqualTo(sentence);
        assertThat(Bounded.sentence(sentence + "s")).hasSize(Bounded.SENTENCE).endsWith("s…");
    }

    @Test
    void facts_are_kept_whole_or_not_at_all() {
        assertThat(Bounded.fits(Facts.of(Map.of("n", "A".repeat(Bounded.FACTS - 1)))))
                .isTrue();
        assertThat(Bounded.fits(Facts.of(Map.of("n", "A".repeat(Bounded.FACTS)))))
                .isFalse();
        assertThat(Bounded.fits(Facts.of(Map.of("n", "\0")))).isFalse();
    }

    @Test
    void s01_trouble_is_logged_with_what_it_is_and_where_in_bounded_length() {
        Function<Integer, Exception> deep = depth -> {
            Exception cause = new IllegalStateException("M".repeat(MANY));
            for (int each = 0; each < depth; each++) cause = new IllegalStateException("N".repeat(MANY), cause);
            return cause;
        };

        var told = Bounded.trouble(deep.apply(50));

        int causes = 0;
        for (Throwable each = told; each != null; each = each.getCause(), causes++)
            assertThat(each.toString())
                    .startsWith("java.lang.IllegalStateException: N")
                    .hasSizeLessThan(Bounded.SENTENCE + 100);
        assertThat(causes).isEqualTo(6);
        assertThat(told.getStackTrace()[0].getClassName()).startsWith(BoundedTest.class.getName());
    }
}
