package org.pgreel.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which PostgreSQL is started where the program names none. */
class SourceChoiceTest {

    private static final BooleanSupplier YES = () -> true;
    private static final BooleanSupplier NO = () -> false;
    private static final BooleanSupplier NOT_ASKED = () -> {
        throw new AssertionError("this was not to be asked");
    };
    private static final PostgresSource CONTAINER = new PostgresSource.Container("postgres:18");
    private static final String URL = "postgresql://bob:secret@db:5433/shop";

    private static SourceChoice named(@Nullable String property, @Nullable String environment) {
        return new SourceChoice(property, environment, NOT_ASKED, NOT_ASKED);
    }

    private static SourceChoice unnamed(BooleanSupplier embedded, BooleanSupplier docker) {
        return new SourceChoice(null, null, embedded, docker);
    }

    @Test
    void thePropertyOutranksTheVariableAndBothOutrankWhatTheMachineHas() {
        assertThat(named("17", "16").own()).isEqualTo(PostgresSource.embedded("17"));
        assertThat(named(null, "16").own()).isEqualTo(PostgresSource.embedded("16"));
        assertThat(named("", "docker:postgres:15").own()).isEqualTo(new PostgresSource.Container("postgres:15"));
        assertThat(named("docker", null).own()).isEqualTo(CONTAINER);
    }

    @Test
    void theEmbeddedBinariesComeBeforeAContainer() {
        assertThat(unnamed(YES, NOT_ASKED).own()).isEqualTo(PostgresSource.newest());
        assertThat(unnamed(NO, YES).own()).isEqualTo(CONTAINER);
        assertThat(unnamed(NO, YES).shared()).isEqualTo(CONTAINER);
    }

    @Test
    void aServerThatRunsAlreadyIsSharedAndNeverOnesOwn() {
        assertThat(named(URL, null).shared()).isInstanceOf(PostgresSource.Running.class);
        assertThat(new SourceChoice(URL, null, YES, NOT_ASKED).own()).isEqualTo(PostgresSource.newest());
    }

    @Test
    void aMachineThatHasNoneIsToldWhatWouldHelp() {
        assertThatThrownBy(() -> unnamed(NO, NO).own())
                .isInstanceOf(PostgresUnavailableException.class)
                .hasMessageContaining("no embedded binaries of 18 that run on ")
                .hasMessageContaining("no Docker engine answers")
                .hasMessageContaining("-Dpgreel.postgres or PGREEL_POSTGRES");
    }

    @Test
    void whatWasNamedAndIsNoSourceIsNotReplaced() {
        assertThatThrownBy(() -> new SourceChoice("no such thing", null, YES, YES).own())
                .isInstanceOf(PostgresUnavailableException.class)
                .hasMessageContaining("'no such thing' is neither");
    }
}
