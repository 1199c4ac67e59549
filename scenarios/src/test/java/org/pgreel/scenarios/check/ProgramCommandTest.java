package org.pgreel.scenarios.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgramCommandTest {

    private static CaseLogin asking(String... statements) {
        return new CaseLogin(
                "127.0.0.1", 4711, "app", "secret", "orders", "require", "prefer", "", List.of(statements));
    }

    @Test
    void aWordWithSqlComesOnceAStatementWithTheOptionInFrontOfIt() {
        var command = new ProgramCommand(List.of("psql", "-X", "port={port}", "-c", "{sql}", "-q"));

        assertThat(command.filled(asking("select 1", "select 2")))
                .containsExactly("psql", "-X", "port=4711", "-c", "select 1", "-c", "select 2", "-q");
        assertThat(command.filled(asking())).containsExactly("psql", "-X", "port=4711", "-q");
        assertThat(new ProgramCommand(List.of("p", "--sql={sql}", "{sql}")).filled(asking("a", "b")))
                .containsExactly("p", "--sql=a", "--sql=b", "a", "b");
    }

    @Test
    void theUrlsSayHowMuchToAskOfTlsAndHoldNoPassword() {
        var command = new ProgramCommand(List.of("p", "{url}", "{jdbc-url}"));

        assertThat(command.filled(asking()))
                .containsExactly(
                        "p",
                        "postgresql://app@127.0.0.1:4711/orders?sslmode=require",
                        "jdbc:postgresql://127.0.0.1:4711/orders?user=app&sslmode=require");
        assertThat(command.abilities()).isEqualTo(new Abilities(false, true, false, false));
    }

    @Test
    void aStatementMayHoldWhatLooksLikeAPlaceholder() {
        assertThat(new ProgramCommand(List.of("p", "{sql}")).filled(asking("select '{host} $1'")))
                .containsExactly("p", "select '{host} $1'");
    }

    @Test
    void anUnknownPlaceholderIsRefusedWithThoseThatExist() {
        assertThatThrownBy(() -> new ProgramCommand(List.of("p", "{prot}")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the placeholder {prot} does not exist; there are {host} {port} {user}")
                .hasMessageEndingWith("{sql}");
    }

    @Test
    void theVariablesOfLibpqAreThoseOfTheRunAlone() {
        Map<String, String> environment = new HashMap<>(Map.of("PGSERVICE", "production", "PATH", "/bin"));

        new ProgramCommand(List.of("p")).setVariables(environment, asking());

        assertThat(environment)
                .containsEntry("PGPORT", "4711")
                .containsEntry("PGPASSWORD", "secret")
                .containsEntry("PATH", "/bin")
                .doesNotContainKey("PGSERVICE");
    }

    @Test
    void aLoginIsPrintedWithoutItsPassword() {
        assertThat(asking().toString()).doesNotContain("secret");
    }
}
