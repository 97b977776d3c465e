package io.autostack.provisioning.cloud.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.provisioning.cloud.local.Contents.Part;
import java.math.BigInteger;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ContentsTest {

    @Test
    void s01_however_many_things_a_tenant_makes_a_bounded_number_is_held_and_all_are_compared() {
        var before = objects(70_000, "1 bytes");
        var same = objects(70_000, "1 bytes");
        var other = objects(70_000, "1 bytes");
        Contents.add(before, "app.last", new Part.Rows(3, BigInteger.ONE));
        Contents.add(same, "app.last", new Part.Rows(3, BigInteger.ONE));
        Contents.add(other, "app.last", new Part.Rows(3, BigInteger.TWO));

        assertThat(before).hasSize(50_001).isEqualTo(same).isNotEqualTo(other);
        assertThat(before.values().stream().filter(Part.Rows.class::isInstance))
                .singleElement()
                .isInstanceOfSatisfying(
                        Part.Rows.class, further -> assertThat(further.rows()).isEqualTo(3));
    }

    @Test
    void t22_one_of_many_that_cannot_be_read_makes_all_of_them_unread() {
        var parts = objects(50_001, "1 bytes");
        Contents.add(parts, "app.hidden", new Part.Unread("permission denied"));
        Contents.add(parts, "app.last", new Part.Value("given 1"));

        assertThat(parts).containsValue(new Part.Unread("permission denied"));
    }

    private static SortedMap<String, Part> objects(int number, String text) {
        var parts = new TreeMap<String, Part>();
        for (int i = 0; i < number; i++) Contents.add(parts, "large object " + i, new Part.Value(text));
        return parts;
    }
}
