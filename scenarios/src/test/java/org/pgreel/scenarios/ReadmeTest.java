package org.pgreel.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pgreel.postgres.PostgresOptions;
import org.pgreel.postgres.PostgresServer;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.journal.InMemoryJournal;
import org.pgreel.recorder.proxy.RecordingProxy;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.replay.server.ReplayServer;
import org.pgreel.replay.source.RecordingSource;

/** The example of the README runs, and its output is the one that stands there. */
@Timeout(120)
class ReadmeTest {

    private final StringBuilder console = new StringBuilder();

    @Test
    void theExampleIsTheOneInTheReadmeAndPrintsWhatStandsThere() throws Exception {
        theRecordedCountIsPlayedBackWithoutADatabase();

        String readme = Files.readString(Path.of("..", "README.md"));
        String source = Files.readString(Path.of("src/test/java/org/pgreel/scenarios/ReadmeTest.java"));
        Matcher example = Pattern.compile("(?s)// example\n(.*?)\n *// end of the example")
                .matcher(source);
        assertThat(example.find()).isTrue();
        assertThat(readme.replaceAll("\\s", "")).contains(example.group(1).replaceAll("\\s", ""));
        assertThat(readme).contains(console.toString().strip());
    }

    // example
    void theRecordedCountIsPlayedBackWithoutADatabase() throws Exception {
        var journal = new InMemoryJournal("orders");
        try (var postgres = PostgresServer.start(PostgresOptions.defaults());
                var proxy = RecordingProxy.builder(new Recorder(journal), postgres.host(), postgres.port())
                        .start()) {
            assertThat(orders(proxy.address().getPort())).isEqualTo(42);
        } // The database is gone.

        var recording = RecordingSource.read(Recordings.of(journal));
        try (var replay = ReplayServer.builder(recording).start()) {
            assertThat(orders(replay.port())).isEqualTo(42);
            print(replay.report().text());
        }
    }

    /** The code under test: any program that talks to PostgreSQL. */
    int orders(int port) throws SQLException {
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
        try (var connection = DriverManager.getConnection(url, "postgres", "postgres-password");
                var statement = connection.createStatement();
                var result = statement.executeQuery("SELECT count(*) FROM generate_series(1, 42)")) {
            result.next();
            return result.getInt(1);
        }
    }
    // end of the example

    private void print(String text) {
        console.append(text).append('\n');
    }
}
