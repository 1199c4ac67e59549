package org.pgreel.replay.volatility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.pgreel.protocol.transcript.NotationException;

/** What differs from run to run is declared in a file, a line for each statement. */
class VolatilityTest {
    private static final String FILE = """
            statement "insert into orders (id, placed_at) values ($1, $2)" $1=<uuid:order> $2=<timestamp>
            statement "INSERT INTO log VALUES ('"<digits:dep>"', now())"
            unordered "insert into \\"item\\" values ($1)" $1=<any>
            statement "select id, at from log where id > $1" $1=<int> column 2=<timestamp> column 3=<uuid:order>
            """;

    @Test
    void whatIsPrintedIsReadAgain() {
        assertThat(Volatility.parse(FILE).print()).isEqualTo(FILE);
        assertThat(Volatility.parse("# nothing\n\n").size()).isZero();
    }

    @Test
    void aHoleInTheTextIsAValueBesideTheParameters() {
        Volatility volatility = Volatility.parse(FILE);

        Question question = volatility.question("INSERT INTO log VALUES ('5237247151', now())");

        assertThat(question.sql()).isEqualTo("INSERT INTO log VALUES ('<digits:dep>', now())");
        assertThat(question.values()).containsExactly("5237247151");
        assertThat(volatility.question("INSERT INTO log VALUES ('x', now())").values())
                .isEmpty();
    }

    @Test
    void aWrongLineIsToldWithItsPlace() {
        assertThatThrownBy(() -> Volatility.parse("statment \"select 1\""))
                .isInstanceOf(NotationException.class)
                .hasMessageContaining("line 1")
                .hasMessageContaining("statement");
        assertThatThrownBy(() -> Volatility.parse("statement \"select $1\" $1=<uid>"))
                .hasMessageContaining("uuid");
        assertThatThrownBy(() -> Volatility.parse("statement \"select $1\" $1=\"x\""))
                .hasMessageContaining("wildcard");
        assertThatThrownBy(() -> Volatility.parse("statement \"select $1\" 1=<uuid>"))
                .hasMessageContaining("$1=<uuid>");
        assertThatThrownBy(() -> Volatility.parse("statement \"select 1\" column 1=<uuid> column 1=<int>"))
                .hasMessageContaining("one wildcard stands for a place");
        assertThatThrownBy(() -> Volatility.parse("statement \"select 1\" column <uuid>"))
                .hasMessageContaining("the number of a column");
    }

    @Test
    void aValueStandsForOneOnly() {
        var bindings = new ValueBindings();
        var hole = new Hole("uuid", "order");
        bindings.bind(hole, "recorded", "live", "a test");

        assertThat(bindings.may(hole, "recorded", "live")).isTrue();
        assertThat(bindings.may(hole, "recorded", "other")).isFalse();
        assertThat(bindings.may(hole, "another", "live")).isFalse();
        assertThat(bindings.may(new Hole("uuid", "customer"), "recorded", "other"))
                .isTrue();

        bindings.forget("a test");
        assertThat(bindings.may(hole, "recorded", "other")).isTrue();
    }
}
