package org.pgreel.postgres;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a PostgreSQL where the program names none; {@link PostgresServer} documents the order. What it chooses from is given, and asked only
 * as far as needed.
 *
 * @param property what the system property names; null if it is not set
 * @param environment what the environment variable names; null if it is not set
 * @param embedded whether the newest embedded binaries are there and run on this machine
 * @param docker whether Testcontainers is on the class path and a Docker engine answers
 */
record SourceChoice(
        @Nullable String property, @Nullable String environment, BooleanSupplier embedded, BooleanSupplier docker) {

    /** Returns the choice for this process. */
    static SourceChoice ofThisMachine() {
        return new SourceChoice(
                System.getProperty(PostgresServer.SOURCE_PROPERTY),
                System.getenv(PostgresServer.SOURCE_VARIABLE),
                () -> Bundle.find(PostgresSource.NEWEST).isPresent() && Identity.isToBeHad(),
                () -> Testcontainers.isOnClassPath() && ContainerServer.engineAnswers());
    }

    /** Returns the source of the server that the tests of a JVM share, which may be one that runs already. */
    PostgresSource shared() {
        return named().orElseGet(this::found);
    }

    /** Returns the source of a server of one's own, which can be set up, stopped and killed. */
    PostgresSource own() {
        return named().filter(source -> !(source instanceof PostgresSource.Running))
                .orElseGet(this::found);
    }

    private Optional<PostgresSource> named() {
        return Stream.of(Optional.ofNullable(property), Optional.ofNullable(environment))
                .flatMap(Optional::stream)
                .filter(text -> !text.isBlank())
                .findFirst()
                .map(PostgresSource::parse);
    }

    private PostgresSource found() {
        if (embedded.getAsBoolean()) {
            return PostgresSource.newest();
        }
        if (docker.getAsBoolean()) {
            return new PostgresSource.Container("postgres:" + PostgresSource.NEWEST);
        }
        throw new PostgresUnavailableException(
                "no PostgreSQL for tests: there are no embedded binaries of " + PostgresSource.NEWEST
                        + " that run on " + Bundle.platform()
                        + ", and no Docker engine answers, or org.testcontainers:testcontainers-postgresql is not on the class path; name an"
                        + " installed PostgreSQL by -D" + PostgresServer.SOURCE_PROPERTY + " or "
                        + PostgresServer.SOURCE_VARIABLE);
    }
}
