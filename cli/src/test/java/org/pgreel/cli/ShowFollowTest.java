package org.pgreel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.chronicle.ChronicleJournal;
import org.pgreel.tap.By;
import org.pgreel.tap.EndKind;
import org.pgreel.tap.SessionOpening;
import org.pgreel.tap.SessionTap;

/** A session is shown while it goes on, and with its bytes if that is asked for. */
@Timeout(60)
class ShowFollowTest {

    private static final SessionOpening OPENING =
            new SessionOpening(SessionOpening.Role.PROXY, "127.0.0.1:50001", "127.0.0.1:5432", Map.of());

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    private static void note(SessionTap session, String note) {
        session.marker(note);
    }

    @Test
    void aSessionIsShownWhileItGoesOn() throws Exception {
        var shown = new CountDownLatch(1);
        var watched = new PrintWriter(out, true) {
            @Override
            public void flush() {
                if (out.toString().contains("first note")) {
                    shown.countDown();
                }
                super.flush();
            }
        };
        try (ChronicleJournal journal = ChronicleJournal.open(directory)) {
            SessionTap session = new Recorder(journal).sessionOpened(OPENING);
            note(session, "first note");
            CompletableFuture<Integer> following = CompletableFuture.supplyAsync(() -> Pgreel.commandLine()
                    .setOut(watched)
                    .setErr(new PrintWriter(err, true))
                    .execute("show", directory + "#1", "--follow", "--until-closed"));
            assertThat(shown.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(following).isNotDone();
            note(session, "second note");
            session.closed(By.CLIENT, EndKind.FIN);

            assertThat(following.get(30, TimeUnit.SECONDS)).isZero();
        }
        assertThat(out.toString()).contains("first note", "second note");
    }

    @Test
    void allSessionsAreFollowedTogether() {
        try (ChronicleJournal journal = ChronicleJournal.open(directory)) {
            var recorder = new Recorder(journal);
            SessionTap one = recorder.sessionOpened(OPENING);
            SessionTap other = recorder.sessionOpened(OPENING);
            note(one, "of the one");
            note(other, "of the other");
            note(one, "of the one again");
            one.closed(By.CLIENT, EndKind.FIN);
            other.closed(By.CLIENT, EndKind.FIN);
        }
        assertThat(execute("show", directory.toString(), "--follow", "--until-closed"))
                .isZero();
        assertThat(out.toString().lines().filter(line -> !line.contains("server")))
                .containsExactly(
                        "# session 1",
                        "# session 2",
                        "# session 1",
                        "note \"of the one\"",
                        "# session 2",
                        "note \"of the other\"",
                        "# session 1",
                        "note \"of the one again\"");
        assertThat(execute("show", directory.toString(), "--follow", "--until-closed", "--json"))
                .isZero();
        assertThat(out.toString()).contains("{\"session\":2,\"line\":\"note \\\"of the other\\\"\"}");
        assertThat(execute("show", directory.toString(), "--until-closed")).isEqualTo(ExitStatus.WRONG_USAGE);
    }

    @Test
    void bytesStandBehindTheirMessage() throws Exception {
        Path tape = Files.writeString(
                directory.resolve("x.pgreel"),
                "tape 1\n\nsession 1\nF StartupMessage 3.0 user=\"ada\"\nB AuthenticationOk\nB ReadyForQuery I\n",
                StandardCharsets.UTF_8);

        assertThat(execute("show", tape.toString(), "--hex")).isZero();

        assertThat(out.toString())
                .contains(
                        "F StartupMessage 3.0 user=\"ada\"\n# 00000000  00 00 00 12 00 03 00 00 75 73 65 72 00 61 64 61  |........user.ada|\n"
                                + "# 00000010  00 00 ",
                        "B ReadyForQuery I\n# 00000009  5a 00 00 00 05 49 ");
    }

    private int execute(String... arguments) {
        return Pgreel.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
