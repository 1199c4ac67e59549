package org.pgreel.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "commit",
                "  COMMIT ;",
                "select 1; commit",
                "select ';'; end",
                "/* a /* nested */ comment */ rollback",
                "-- comment\nbegin",
                "insert into t values (1); -- note\rcommit; select 1/0",
                "-- comment\r\nbegin",
                "select 1 as foo$bar$; commit; select 2 as foo$bar$",
                "select 1 as _$bar$; commit; select 2 as _$bar$",
                "select 1 as €$bar$; commit; select 2 as €$bar$",
                "start transaction",
                "savepoint a",
                "prepare transaction 'x'",
                "call p()",
                "do $$ begin end $$",
                "vacuum t",
                "create index concurrently i on t (a)",
                "select 'unterminated",
                "select \"unterminated",
                "select $tag$ unterminated",
                "/* unterminated",
                "select 'a\\'; commit; --'",
            })
    void whatCouldCommitIsControl(String sql) {
        assertThat(SqlText.controlsTransactions(sql)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ";",
                "select 1",
                "select 'commit; commit'",
                "select \"commit\" from t",
                "insert into t values ($1, $2)",
                "select case when a then b end from t",
                "-- commit\nselect 1",
                "-- commit\rselect 1",
                "commit$ 1",
                "/* ; commit */ select 1",
                "select $$; commit $$",
                "select $x$; commit $$ ; commit $x$",
                "(select 1) union (select 2)",
                "with x as (select 1) select * from x; select 2",
                "update t set a = 'it''s'; delete from t",
            })
    void whatCannotCommitIsNot(String sql) {
        assertThat(SqlText.controlsTransactions(sql)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | select 1",
                "1 | select 1;",
                "1 | ; select 1 ; ; -- and; no more",
                "2 | select ';'; select $$;$$ /* ; */",
                "3 | insert into t values (1); select 1/0; select (2)",
                "2 | 'a'; $1",
                "1 | create rule r as on insert to t do also (select 1; select 2)",
                "2 | create rule r as on insert to t do also (select 1; select 2); select 1",
                // A body that is not quoted has semicolons of its own, so nothing behind it is counted.
                "1 | create function f() returns int begin atomic select 1; select 2; end",
                "2 | select 1; create function f() returns int begin atomic select 1; select 2; end; select 3",
                "1 | ;",
                "1 | ''",
            })
    void statementsAreCountedAndNeverTooMany(int count, String sql) {
        assertThat(SqlText.statementsAtLeast(sql)).isEqualTo(count);
    }

    @Test
    void theFirstWordIsFoundBehindBlanksAndComments() {
        assertThat(SqlText.firstWord("copy t")).isEqualTo("COPY");
        assertThat(SqlText.firstWord("  \n\t Select 1")).isEqualTo("SELECT");
        assertThat(SqlText.firstWord("/* a /* nested */ */ -- b\n copy_table")).isEqualTo("COPY_TABLE");
        assertThat(SqlText.firstWord("-- x\rcopy t from stdin")).isEqualTo("COPY");
        for (String none : new String[] {"(select 1)", "", "/* unterminated copy", "-- copy", "$1"}) {
            assertThat(SqlText.firstWord(none)).as(none).isEmpty();
        }
    }

    @Test
    void textOfAnyLengthIsRead() {
        assertThat(SqlText.firstWord(" ".repeat(1_000_000) + "copy t")).isEqualTo("COPY");
        assertThat(SqlText.controlsTransactions("select 1;".repeat(100_000) + "commit"))
                .isTrue();
    }
}
