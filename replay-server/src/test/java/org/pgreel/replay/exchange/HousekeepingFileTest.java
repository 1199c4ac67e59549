package org.pgreel.replay.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.pgreel.protocol.message.CommandComplete;
import org.pgreel.protocol.transcript.NotationException;

/** Files of housekeeping: a statement a line, with its answer. */
final class HousekeepingFileTest {

    @Test
    void thoseThatComeWithItAreReadAndKnowTheirDrivers() {
        HousekeepingFile shipped = HousekeepingFile.shipped();
        assertThat(shipped.names("SELECT pg_catalog.pg_is_in_recovery()")).isTrue();
        assertThat(shipped.names("SET extra_float_digits = 3")).isTrue();
        assertThat(shipped.names("VALUES 1")).isTrue();
        assertThat(shipped.names("select name from orders")).isFalse();
    }

    @Test
    void aLineHoldsAStatementWithHolesAndItsAnswer() {
        var file = HousekeepingFile.parse("# mine\n\n"
                + "statement \"SELECT 1 /* => \"<digits>\" */\" => RowDescription n:int4 => DataRow \"=>\" "
                + "=> CommandComplete \"SELECT 1\"\n");
        assertThat(file.answer("SELECT 1 /* => 77 */")).hasSize(3).endsWith(new CommandComplete("SELECT 1"));
        assertThat(file.answer("SELECT 1 /* => x */")).isNull();
    }

    @Test
    void ofTwoFilesTheFirstAnswers() {
        var first = HousekeepingFile.parse("statement \"select 1\" => CommandComplete \"FIRST\"");
        var second = HousekeepingFile.parse("statement \"select 1\" => CommandComplete \"SECOND\"");
        assertThat(first.and(second).answer("select 1")).containsExactly(new CommandComplete("FIRST"));
    }

    @Test
    void whatIsWrongIsToldWithItsLine() {
        assertThatThrownBy(() -> HousekeepingFile.parse("\nstatement \"select 1\""))
                .isInstanceOf(NotationException.class)
                .hasMessageContaining("2")
                .hasMessageContaining("has no answer");
        assertThatThrownBy(() -> HousekeepingFile.parse("statement \"select 1\" => Nonsense"))
                .isInstanceOf(NotationException.class);
    }
}
