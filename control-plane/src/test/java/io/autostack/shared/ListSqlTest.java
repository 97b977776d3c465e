package io.autostack.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autostack.shared.ListRequestTest.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ListSqlTest {

    private static final Instant AT = Instant.parse("2026-11-20T09:30:00Z");
    private static final UUID ID = UUID.fromString("0199c0de-0000-7000-8000-000000000001");

    @Test
    void a_list_that_nobody_narrows_is_ordered_and_cut_behind_one_row_more() {
        var statement = new ListSql<>(ListRequestTest.read(null, null, "10", null), "r.search").rows("select * from r");

        assertThat(statement.sql()).isEqualTo("select * from r order by r.at desc, r.id desc limit 11");
        assertThat(statement.values()).isEmpty();
    }

    @Test
    void words_and_filters_are_parameters_in_their_order() {
        var hostile = "');drop";
        var statement = new ListSql<>(ListRequestTest.read("Acme " + hostile, "name", "10", null), "r.search")
                .where("r.state = ?", "done")
                .where("r.kind = ?", null)
                .where("r.tenant in (?)", List.of(ID))
                .rows("select * from r");

        assertThat(statement.sql())
                .isEqualTo("select * from r where strpos(r.search, ?1) > 0 and strpos(r.search, ?2) > 0"
                        + " and r.state = ?3 and r.tenant in (?4) order by lower(r.name), r.at, r.id limit 11");
        assertThat(statement.values()).containsExactly("acme", hostile, "done", List.of(ID));
    }

    @Test
    void the_next_page_begins_behind_all_keys_of_the_last_row() {
        var up = request("took");
        var down = request("-took");

        assertThat(new ListSql<>(up, "r.search").rows("select * from r").sql())
                .isEqualTo("select * from r where (r.took, r.at, r.id) > (cast(?1 as numeric), cast(?2 as timestamptz),"
                        + " cast(?3 as uuid)) order by r.took, r.at, r.id limit 2");
        assertThat(new ListSql<>(down, "r.search").rows("select * from r").sql())
                .contains("(r.took, r.at, r.id) < (cast(?1")
                .endsWith("order by r.took desc, r.at desc, r.id desc limit 2");
        assertThat(new ListSql<>(down, "r.search").rows("select * from r").values())
                .containsExactly(BigDecimal.TEN, AT, ID);
    }

    @Test
    void what_is_counted_is_the_same_on_every_page_and_has_an_end() {
        var sql = new ListSql<>(request("took"), "r.search").where("r.state = ?", "done");

        assertThat(sql.count("from r", 100))
                .isEqualTo(new ListSql.Statement(
                        "select count(*) from (select 1 from r where r.state = ?1 limit 101) found", List.of("done")));
    }

    @Test
    void a_condition_takes_exactly_one_value() {
        var sql = new ListSql<>(ListRequestTest.read(null, null, null, null), "r.search");

        assertThatThrownBy(() -> sql.where("r.state in (?, ?)", "done").rows("select * from r"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ListSql<>(ListRequestTest.read(null, null, null, null), "r.search")
                        .where("r.state is null", "done")
                        .rows("select * from r"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static ListRequest<Row> request(String sort) {
        var page = ListRequestTest.read(null, sort, "1", null);
        var row = new Row("x", BigDecimal.TEN, AT, ID);
        return ListRequestTest.read(
                null, sort, "1", page.page(List.of(row, row)).nextToken());
    }
}
