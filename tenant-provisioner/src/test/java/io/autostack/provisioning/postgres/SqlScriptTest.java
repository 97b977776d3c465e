package io.autostack.provisioning.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A script is taken apart where `psql` does it, and nothing in it is for `psql` itself.
class SqlScriptTest {

    @Test
    void a_semicolon_ends_a_statement_only_where_it_stands_for_itself() throws IOException {
        var statements = List.of(
                "select 'a;''b', 'back\\', \"c;\"\"d\";",
                "select E'it''s \\';\\\\', e'\\\\';",
                "select U&'\\0061;', b'1', 1;",
                "do $$ begin; end $$;",
                "do $a_1$ ; $$ ; $a_1 $b$ ; $a_1$;",
                "prepare p as select $1, a$b, $2;",
                "create rule r as on delete to t do (delete from a; delete from b);",
                "create or replace function f() returns int begin atomic select case when 1 = 1 then 2 end; end;",
                "CREATE FUNCTION \"x\".g() RETURNS int\n    BEGIN ATOMIC\n SELECT 1; SELECT 2;\nEND;",
                "create table begin (a int);",
                "select 1 - -1, 2 / 3, 'é' as größe;");

        assertThat(read(String.join("\n", statements))).isEqualTo(statements);
    }

    @Test
    void comments_are_left_out_wherever_they_stand() throws IOException {
        assertThat(read("""
                --
                -- Name: x; Type: TABLE
                --
                select 1 -- one; two
                , 2 /* ; /* nested ; */ ' */ ;
                ;
                -- the end""")).containsExactly("select 1 \n, 2   ;");
    }

    @Test
    void that_commands_are_switched_off_is_understood() throws IOException {
        assertThat(read("--\n\n\\restrict aB3\n\nselect 1;\n\\unrestrict aB3\n"))
                .containsExactly("select 1;");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\! touch /tmp/x\n",
                "select 1;\n\\copy a from program 'x'\n",
                "select 1 \\g |sh\n",
                "select 1 \\gexec\n",
                "\\restrict a; \\! sh\n",
                "\\restrict\n",
                "select 1\n\\restrict abc\n;",
                "-- Name: x\n\\! sh\n"
            })
    void t35_a_command_for_psql_is_refused_wherever_it_stands(String script) {
        assertThatThrownBy(() -> read(script)).isInstanceOf(IOException.class).hasMessageContaining("psql");
    }

    @ParameterizedTest
    @ValueSource(strings = {"select 1", "select 'a;", "select $a$ ; $a", "select \"a;", "select /* ;", "(select 1;"})
    void a_script_that_was_cut_off_is_refused(String script) {
        assertThatThrownBy(() -> read(script)).isInstanceOf(IOException.class).hasMessageContaining("within");
    }

    @Test
    void t35_a_statement_without_end_is_not_kept() {
        assertThatThrownBy(() -> read("select '" + "x".repeat(5_000_000) + "';"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("too long");
    }

    private static List<String> read(String script) throws IOException {
        var statements = new ArrayList<String>();
        SqlScript.read(new StringReader(script), statements::add);
        return statements;
    }
}
