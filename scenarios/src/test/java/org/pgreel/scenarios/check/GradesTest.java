package org.pgreel.scenarios.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgreel.scenarios.check.Grade.ACCEPTED;
import static org.pgreel.scenarios.check.Grade.CRASH;
import static org.pgreel.scenarios.check.Grade.LEAKED;
import static org.pgreel.scenarios.check.Grade.NEVER_ENDED;
import static org.pgreel.scenarios.check.Grade.NOT_APPLICABLE;
import static org.pgreel.scenarios.check.Grade.OK;
import static org.pgreel.scenarios.check.Grade.WRONG_ANSWER;

import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pgreel.scenarios.catalogue.Catalogue;
import org.pgreel.scenarios.file.Scenario;

/**
 * The grades are right: labelled by hand, from what libpq's and the JDBC driver's sources do and from the defects that the
 * bad client was given.
 */
@Timeout(300)
class GradesTest {
    private static final Catalogue CATALOGUE = Catalogue.load();

    /** What each client is worth in a scenario. */
    private record Truth(String scenario, Grade psql, Grade jdbc, Grade bad) {}

    private static final List<Truth> TRUTHS = List.of(
            // libpq and the driver refuse any byte but S and N; the bad client takes it for N.
            new Truth("ssl-junk-byte", OK, OK, ACCEPTED),
            new Truth("ssl-refused-when-required", OK, OK, ACCEPTED),
            // The bad client does not look at the signature.
            new Truth("scram-forged-signature", OK, OK, ACCEPTED),
            // libpq 15 derives the key however long it takes; the driver has a limit since 42.7.9; the bad client's
            // throws.
            new Truth("scram-huge-iterations", NEVER_ENDED, OK, CRASH),
            // The bad client prints the password that was refused.
            new Truth("cleartext-wrong-password", OK, OK, LEAKED),
            new Truth("length-field-three", OK, OK, NEVER_ENDED),
            // The bad client takes the rows that came for the result.
            new Truth("admin-shutdown-inside-a-result", OK, OK, ACCEPTED),
            new Truth("copy-out-cut-inside-a-row", OK, OK, WRONG_ANSWER),
            // The second ReadyForQuery answers the second statement of the driver, and of the bad client.
            new Truth("one-ready-too-many", OK, WRONG_ANSWER, WRONG_ANSWER),
            // libpq compares the counts; the driver reads what it was told of; the bad client's array is too short.
            new Truth("row-wider-than-described", OK, ACCEPTED, CRASH),
            // None of them can be asked for three connections.
            new Truth("too-many-connections-then-room", NOT_APPLICABLE, NOT_APPLICABLE, NOT_APPLICABLE));

    private static void assertGrades(ClientUnderTest client, java.util.function.Function<Truth, Grade> truth)
            throws Exception {
        List<Scenario> scenarios =
                TRUTHS.stream().map(it -> CATALOGUE.named(it.scenario())).toList();
        var options = new CheckOptions(Duration.ofSeconds(8), 4, 1, CheckOptions.CRASH, 1);
        var expected = new TreeMap<String, String>();
        TRUTHS.forEach(it -> expected.put(it.scenario(), truth.apply(it).word()));
        try (client) {
            CheckReport report = new ClientCheck(client, options, CheckListener.NONE).run(scenarios);

            var grades = new TreeMap<String, String>();
            report.cases().forEach(it -> grades.put(it.name(), it.grade().word()));
            assertThat(grades)
                    .as(() -> String.join(
                            "\n",
                            report.cases().stream()
                                    .map(it -> it.name() + ": " + it.grade().word() + ": " + it.got())
                                    .toList()))
                    .isEqualTo(expected);
        }
    }

    @Test
    void psqlIsGradedRight() throws Exception {
        var psql = KnownClients.psql();
        Assumptions.assumeTrue(psql.isPresent(), "psql is not installed");

        assertGrades(psql.get(), Truth::psql);
    }

    @Test
    void theJdbcDriverIsGradedRight() throws Exception {
        assertGrades(KnownClients.jdbc(), Truth::jdbc);
    }

    @Test
    void aClientWithKnownDefectsIsGradedRight() throws Exception {
        assertGrades(KnownClients.bad(), Truth::bad);
    }
}
