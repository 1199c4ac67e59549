package org.pgreel.recorder.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pgreel.recorder.Conversations;
import org.pgreel.recorder.ManualClock;
import org.pgreel.recorder.OnJournalFailure;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.journal.InMemoryJournal;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.tap.SessionTap;

/** Each pattern has what it finds and what it leaves alone, all of it plainly made up. */
class SecretScanTest {

    private static final Map<SecretPattern, List<String>> FOUND = Map.of(
            SecretPattern.PASSWORD,
            List.of(
                    "alter role ada password 'not a real one'",
                    "host=h password=not-a-real-one",
                    "\"password\": 'not-a-real-one'"),
            SecretPattern.VERIFIER,
            List.of("SCRAM-SHA-256$4096:RkFLRQ==$RkFLRUZBS0U=:RkFLRUZBS0U=", "md5" + "0123456789abcdef".repeat(2)),
            SecretPattern.KEYWORD,
            List.of("api_key=FAKEFAKEFAKEFAKE", "\"client_secret\": \"FAKEFAKEFAKE-1\""),
            SecretPattern.PEM,
            List.of("-----BEGIN " + "PRIVATE KEY-----", "-----BEGIN RSA " + "PRIVATE KEY-----"),
            SecretPattern.JWT,
            List.of("eyJGQUtFRkFLRQ." + "eyJGQUtFRkFLRQ.RkFLRUZBS0U"),
            SecretPattern.AWS,
            List.of("AKIA" + "FAKEFAKEFAKEFAKE"),
            SecretPattern.SERVICE,
            List.of("ghp_" + "FAKE".repeat(9), "xoxb-" + "FAKE-FAKE-FAKE"),
            SecretPattern.URI,
            List.of("postgresql://ada:not-a-real-one@db.example/orders"),
            SecretPattern.EMAIL,
            List.of("ada@example.org"),
            SecretPattern.CARD,
            List.of("4111111111111111", "4111 1111 1111 1111", "3782-822463-10005"));

    private static final Map<SecretPattern, List<String>> LEFT = Map.of(
            SecretPattern.PASSWORD,
            List.of(
                    "alter role ada password '**************'",
                    "alter role ada password null",
                    "select password from users",
                    "password=***"),
            SecretPattern.VERIFIER,
            List.of("SCRAM-SHA-256", "md5('text')", "md5" + "0123456789abcdef"),
            SecretPattern.KEYWORD,
            List.of("select api_key from users", "api_key = $1", "api_key=************"),
            SecretPattern.PEM,
            List.of("-----BEGIN CERTIFICATE-----", "-----BEGIN PUBLIC KEY-----"),
            SecretPattern.JWT,
            List.of("eyJGQUtFRkFLRQ", "a.b.c"),
            SecretPattern.AWS,
            List.of("AKIA" + "FAKE", "XAKIA" + "FAKEFAKEFAKEFAKE"),
            SecretPattern.SERVICE,
            List.of("ghp_FAKE", "xoxb-"),
            SecretPattern.URI,
            List.of("postgresql://ada@db.example/orders", "postgresql://ada:***@db.example/orders"),
            SecretPattern.EMAIL,
            List.of("ada at example.org", "@example.org", "select a@>b"),
            SecretPattern.CARD,
            List.of("4111111111111112", "41111111", "1234567890123456", "411111111111111100000"));

    static Stream<SecretPattern> patterns() {
        return Stream.of(SecretPattern.values());
    }

    @ParameterizedTest
    @MethodSource("patterns")
    void eachPatternFindsWhatItIsForAndNothingElse(SecretPattern pattern) {
        assertThat(FOUND.getOrDefault(pattern, List.of())).isNotEmpty().allMatch(pattern::in);
        assertThat(LEFT.getOrDefault(pattern, List.of())).isNotEmpty().noneMatch(pattern::in);
    }

    @Test
    void theMessageIsNamedThatHoldsIt() {
        var journal = new InMemoryJournal("run");
        var recorder = new Recorder(journal, new ManualClock(), OnJournalFailure.FAIL_SESSION);
        SessionTap session = Conversations.begin(recorder);
        Conversations.written(session, Conversations.query("alter role ada password 'not a real one'"));
        Conversations.read(session, Conversations.oneRow("ada@example.org"));
        session.marker("by ada@example.org");
        Conversations.end(session);
        List<SecretFound> finds = new ArrayList<>();
        new SecretScan(finds::add).session(Recordings.of(journal).sessions().get(0));
        assertThat(finds)
                .containsExactly(
                        new SecretFound(SecretPattern.PASSWORD, "#1@6", "Query"),
                        new SecretFound(SecretPattern.EMAIL, "#1@7", "DataRow"),
                        new SecretFound(SecretPattern.EMAIL, "#1", "note"));
    }

    @Test
    void longLinesAreLookedThroughToo(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("x");
        Files.writeString(file, "nothing\n" + " ".repeat(1024 * 1024 - 5) + "ada@example.org");
        List<SecretFound> finds = new ArrayList<>();
        new SecretScan(finds::add).file(file);
        assertThat(finds).contains(new SecretFound(SecretPattern.EMAIL, "line 2", "line"));
    }
}
