package org.pgreel.replay.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pgreel.PgClient;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.SslMode;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.chronicle.ChronicleJournal;
import org.pgreel.recorder.journal.JournalFlagsMissingException;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.recorder.recording.TapePack;
import org.pgreel.recorder.tape.TapeForm;
import org.pgreel.replay.script.Script;
import org.pgreel.replay.source.RecordingSource;
import org.pgreel.tap.WireTap;

/** Only recording to disk needs flags of the JVM: a program without them cannot open a journal, but replays one. */
@Timeout(60)
final class ReplayWithoutFlagsTest {
    private static final String SCRIPT = """
            F StartupMessage ...
            B AuthenticationOk
            B ReadyForQuery I
            F Query "select 42"
            B RowDescription n:int4
            B DataRow "42"
            B CommandComplete "SELECT 1"
            B ReadyForQuery I
            F end
            """;

    @TempDir
    Path directory;

    @Test
    void aJvmWithoutTheFlagsRefusesToRecordAndReplays() throws Exception {
        Path journal = directory.resolve("journal");
        try (var opened = ChronicleJournal.open(journal);
                var server = ScriptServer.builder(Script.parse(SCRIPT)).start()) {
            assertThat(answer(server.host(), server.port(), new Recorder(opened)))
                    .isEqualTo("42");
        }

        Path tape = directory.resolve("run.tape");
        new TapePack(TapeForm.BINARY).write(Recordings.open(journal).sessions(), tape);
        Path text = directory.resolve("run.pgreel");
        new TapePack(TapeForm.TEXT).write(Recordings.open(tape).sessions(), text);

        var words = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Flagless.class.getName(),
                directory.resolve("other").toString(),
                journal.toString(),
                tape.toString(),
                text.toString());
        Process process = new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(output.lines()).hasSize(4);
        assertThat(output.lines().toList().get(0))
                .contains(
                        "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
                        "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
                        "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED");
        assertThat(output.lines().skip(1)).containsOnly("replayed 42");
    }

    private static String answer(String host, int port, WireTap... tap) throws Exception {
        var options = ConnectOptions.builder().host(host).port(port).user("app").sslMode(SslMode.DISABLE);
        if (tap.length > 0) {
            options.tap(tap[0]);
        }
        try (var client = PgClient.create()) {
            var session = client.connect(options.build());
            var results = session.query("select 42").get(20, TimeUnit.SECONDS);
            String answer = String.valueOf(results.only().onlyRow().text(0));
            session.close();
            session.ended().get(20, TimeUnit.SECONDS);
            return answer;
        }
    }

    /** A program that was started without the flags. */
    static final class Flagless {
        private Flagless() {}

        public static void main(String[] arguments) throws Exception {
            PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
            try (var journal = ChronicleJournal.open(Path.of(arguments[0]))) {
                out.println("opened " + journal.run());
            } catch (JournalFlagsMissingException e) {
                out.println(e.getMessage());
            }
            for (String path : List.of(arguments).subList(1, arguments.length)) {
                var recording = RecordingSource.read(Recordings.open(Path.of(path)));
                try (var server = ReplayServer.builder(recording).start()) {
                    out.println("replayed " + answer(server.host(), server.port()));
                }
            }
        }
    }
}
