package org.pgreel.scenarios.catalogue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pgreel.scenarios.file.Scenario;

/** Each test of the driver on which {@code SessionStatusNotify} is modelled that scripts a server is a scenario. */
class PonyOriginsTest {
    private static final int TESTS = 96;
    private static final Catalogue CATALOGUE = Catalogue.load();

    static List<String> tests() throws IOException {
        try (InputStream file =
                Objects.requireNonNull(PonyOriginsTest.class.getResourceAsStream("pony-tests.txt"), "pony-tests.txt")) {
            return new String(file.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }

    @Test
    void allAreListedOnce() throws IOException {
        assertThat(tests()).hasSize(TESTS).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("tests")
    void eachIsTheOriginOfExactlyOneScenario(String test) {
        assertThat(CATALOGUE.scenarios())
                .filteredOn(scenario -> scenario.origin().contains("pony " + test))
                .extracting(Scenario::name)
                .hasSize(1);
    }
}
