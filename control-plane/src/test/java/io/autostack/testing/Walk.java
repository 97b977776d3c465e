package io.autostack.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads a list of the API to its end, page after page, the way a program does: by the links it is given.
public final class Walk {

    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

    private Walk() {}

    /// The ids of all rows in the order in which they were met.
    public static List<String> ids(Supplier<RequestSpecification> caller, String from, String member) {
        return rows(caller, from, member).stream().map(row -> text(row, "id")).toList();
    }

    /// What a row has under a name; it has to have it.
    public static String text(Map<String, Object> row, String name) {
        return Objects.requireNonNull(row.get(name), name).toString();
    }

    public static List<Map<String, Object>> rows(Supplier<RequestSpecification> caller, String from, String member) {
        var rows = new ArrayList<Map<String, Object>>();
        @Nullable String next = from;
        while (next != null) {
            var page = caller.get()
                    .urlEncodingEnabled(false)
                    .get(next)
                    .then()
                    .statusCode(200)
                    .extract()
                    .response();
            var answer = JsonAnswer.of(page);
            rows.addAll(answer.rows(member));
            var link = page.header("Link");
            assertThat(link != null).isEqualTo(answer.at("next_page_token").isTextual());
            next = null;
            if (link != null) {
                var matcher = NEXT.matcher(link);
                assertThat(matcher.matches()).as(link).isTrue();
                next = matcher.group(1);
                assertThat(next).contains("page_token=" + answer.text("next_page_token"));
            }
        }
        return rows;
    }
}
