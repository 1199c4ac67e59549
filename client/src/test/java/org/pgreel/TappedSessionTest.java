package org.pgreel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgreel.client.Session;
import org.pgreel.client.SslMode;
import org.pgreel.postgres.PostgresServer;
import org.pgreel.tap.By;
import org.pgreel.tap.CallbackKind;
import org.pgreel.tap.EndKind;
import org.pgreel.tap.SessionTap;
import org.pgreel.tap.TapFailedException;

/** What a tap hears of a session with a real server, and what becomes of the session when the tap fails. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class TappedSessionTest {
    private static final PostgresServer SERVER = PostgresServer.shared();

    @RegisterExtension
    static final WatchedClient WATCHED = new WatchedClient();

    private final RecordedLife life = new RecordedLife();

    /** Writes events down as lines and chunks as bytes; fails at a word if asked to. */
    private static final class Tape implements SessionTap {
        private final List<String> lines = new CopyOnWriteArrayList<>();
        private final ByteArrayOutputStream written = new ByteArrayOutputStream();
        private final ByteArrayOutputStream read = new ByteArrayOutputStream();
        private final String failAt;

        Tape(String failAt) {
            this.failAt = failAt;
        }

        private void note(String line) {
            if (line.startsWith(failAt)) {
                throw new TapFailedException("the disk is full", new IllegalStateException("no space"));
            }
            lines.add(line);
        }

        @Override
        public void connectionOpened(int connection) {
            note("opened " + connection);
        }

        @Override
        public synchronized void written(int connection, byte[] buffer, int from, int to) {
            note("written");
            written.write(buffer, from, to - from);
        }

        @Override
        public synchronized void read(int connection, byte[] buffer, int from, int to) {
            note("read");
            read.write(buffer, from, to - from);
        }

        @Override
        public void tlsRequested(int connection) {
            note("tls requested");
        }

        @Override
        public void tlsEstablished(int connection, String protocol, String cipher) {
            note("tls " + protocol);
        }

        @Override
        public void tlsFailed(int connection, String kind) {
            note("tls failed " + kind);
        }

        @Override
        public void callback(CallbackKind kind, String detail) {
            note("callback " + kind.callbackName());
        }

        @Override
        public void operationSubmitted(long id, String kind) {
            note("submitted " + id);
        }

        @Override
        public void operationCompleted(long id, String outcome) {
            note("completed " + id + " " + outcome);
        }

        @Override
        public void marker(String text) {
            note("marker " + text);
        }

        @Override
        public void connectionClosed(int connection, EndKind how, By by) {
            note("closed " + connection + " " + how + " by " + by);
        }

        @Override
        public void closed(By by, @Nullable EndKind how) {
            note("over " + how + " by " + by);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = SslMode.class,
            names = {"DISABLE", "REQUIRE"})
    void theTapHearsThePlaintextOfBothDirectionsAndTheLife(SslMode mode) throws Exception {
        Tape tape = new Tape("never");
        Session session = WATCHED.connect(WatchedClient.to(SERVER).sslMode(mode).tap(opening -> tape), life);
        session.ready().get(30, TimeUnit.SECONDS);
        session.query("SELECT 'heard by the tap'").get(30, TimeUnit.SECONDS);
        session.mark("between two queries");
        session.close();
        session.ended().get(30, TimeUnit.SECONDS);

        assertThat(tape.written.toString(ISO_8859_1))
                .contains("SELECT 'heard by the tap'")
                .endsWith("X\0\0\0\u0004");
        assertThat(tape.read.toString(ISO_8859_1)).contains("heard by the tap");
        assertThat(tape.lines)
                .startsWith("opened 1")
                .contains("marker between two queries", "submitted 1", "completed 1 succeeded")
                .endsWith("over FIN by CLIENT");
        assertThat(tape.lines.contains("tls TLSv1.3")).isEqualTo(mode == SslMode.REQUIRE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"opened", "written", "read", "callback pgSessionAuthenticated", "tls T"})
    void aTapThatFailsBeforeReadyFailsTheSession(String failAt) throws Exception {
        Tape tape = new Tape(failAt);
        Session session = WATCHED.connect(
                WatchedClient.to(SERVER).sslMode(SslMode.REQUIRE).tap(opening -> tape), life);
        session.ended().get(30, TimeUnit.SECONDS);
        assertThat(life.await("connection-failed")).isEqualTo("connection-failed RecordingFailed");
        assertThat(life.await("shutdown")).isEqualTo("shutdown ConnectionFailed");
    }

    @Test
    void aTapThatCannotEvenBeginFailsTheSession() throws Exception {
        Session session = WATCHED.connect(
                WatchedClient.to(SERVER).tap(opening -> {
                    throw new TapFailedException("no journal", new IllegalStateException("no space"));
                }),
                life);
        session.ended().get(30, TimeUnit.SECONDS);
        assertThat(life.lines()).containsExactly("connection-failed RecordingFailed", "shutdown ConnectionFailed");
    }

    @Test
    void aTapThatFailsLaterEndsTheSessionAndItsOperations() throws Exception {
        Tape tape = new Tape("submitted 2");
        Session session = WATCHED.connect(WatchedClient.to(SERVER).tap(opening -> tape), life);
        session.query("SELECT 1").get(30, TimeUnit.SECONDS);
        Throwable failure =
                session.query("SELECT 2").handle((result, thrown) -> thrown).get(30, TimeUnit.SECONDS);
        assertThat(failure).isNotNull();
        assertThat(session.ended().get(30, TimeUnit.SECONDS).name()).isEqualTo("RecordingFailed");
    }
}
