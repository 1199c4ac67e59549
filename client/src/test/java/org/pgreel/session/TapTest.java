package org.pgreel.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgreel.session.Messages.answer;
import static org.pgreel.session.Messages.loggedIn;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pgreel.client.SslMode;
import org.pgreel.protocol.message.AuthenticationOk;
import org.pgreel.protocol.message.BackendKeyData;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.tap.By;
import org.pgreel.tap.CallbackKind;
import org.pgreel.tap.EndKind;
import org.pgreel.tap.SessionOpening;
import org.pgreel.tap.SessionTap;
import org.pgreel.tap.TapFailedException;
import org.pgreel.tap.WireTap;

/** What a tap hears, when, and what happens when it fails. */
class TapTest {

    @Test
    void everythingIsToldBeforeAnyoneElseCanSeeIt() {
        WrittenTap tap = new WrittenTap();
        SessionRig rig = SessionRig.with(o -> o.tap(tap).sslMode(SslMode.PREFER));
        rig.reacting(event -> tap.told.add("heard " + event));
        rig.connected().receive(new byte[] {'S'});
        rig.core.tlsEstablished(new TlsSession("TLSv1.3", "TLS_AES_256_GCM_SHA384", null));

        rig.receive(loggedIn()).query("select 1");
        rig.session.mark("here");
        rig.receive(answer("1"));
        rig.session.close();

        assertThat(tap.told)
                .containsExactly(
                        "opened db.example:5432 alice",
                        "connection 1",
                        "callback pgSessionConnected ",
                        "heard pgSessionConnected",
                        "tls requested",
                        "written 8",
                        "read 1",
                        "tls TLSv1.3 TLS_AES_256_GCM_SHA384",
                        "written 70",
                        "read 79",
                        "callback pgSessionAuthenticated ",
                        "heard pgSessionAuthenticated",
                        "callback pgParameterStatus client_encoding",
                        "heard pgParameterStatus client_encoding=UTF8",
                        "callback pgParameterStatus server_version",
                        "heard pgParameterStatus server_version=18.0",
                        "callback pgTransactionStatus I",
                        "heard pgTransactionStatus I",
                        "submitted 1 simple-query",
                        "written 14",
                        "marker here",
                        "read 59",
                        "heard select 1 succeeded",
                        "completed 1 succeeded",
                        "callback pgTransactionStatus I",
                        "heard pgTransactionStatus I",
                        "written 5",
                        "callback pgSessionShutdown SessionClosed",
                        "heard pgSessionShutdown SessionClosed",
                        "connection 1 closed FIN by CLIENT",
                        "closed by CLIENT FIN");
        assertThat(tap.writtenBytes()).isEqualTo(Bytes.wrap(rig.effects.bytesWritten()));
    }

    @Test
    void aCancelRequestIsAnotherConnectionOfTheSameSession() {
        WrittenTap tap = new WrittenTap();
        SessionRig rig = SessionRig.with(o -> o.tap(tap)).connected();
        rig.receive(new AuthenticationOk(), new BackendKeyData(1, Bytes.ofHex("00000002")), Messages.IDLE);
        rig.query("select 1");
        tap.told.clear();

        var sent = rig.session.cancel();
        rig.effects.another().core.connected();
        rig.effects.another().serverSays("unheard");
        rig.effects.another().core.endOfStream();
        rig.receive(answer("1"));
        var unsent = rig.query("select 2").session.cancel();
        rig.effects.another().core.connectFailed(ConnectFailure.TCP, null);

        assertThat(sent.join().wasSent()).isTrue();
        assertThat(unsent.join().wasSent()).isFalse();
        assertThat(tap.told)
                .startsWith("connection 2", "written 16", "read 7", "connection 2 closed FIN by SERVER")
                .doesNotContain("connection 3");
    }

    @Test
    void aTapThatFailsAtTheCancelKeepsTheKeyBackAndEndsTheSession() {
        WrittenTap tap = new WrittenTap();
        SessionRig rig = SessionRig.with(o -> o.tap(tap)).connected();
        rig.receive(new AuthenticationOk(), new BackendKeyData(1, Bytes.ofHex("00000002")), Messages.IDLE);
        rig.query("select 1");
        var cancel = rig.session.cancel();
        tap.failing = true;
        rig.effects.another().core.connected();

        assertThat(rig.effects.another().asked).containsExactly("abort");
        assertThat(cancel.join().wasSent()).isFalse();
        assertThat(rig.heard).endsWith("pgSessionShutdown RecordingFailed");
    }

    @Test
    void whoEndedTheSessionAndHowIsTold() {
        assertThat(ending(rig -> rig.core.endOfStream())).isEqualTo("closed by SERVER FIN");
        assertThat(ending(rig -> rig.core.reset(new IOException("reset")))).isEqualTo("closed by SERVER RESET");
        assertThat(ending(rig -> rig.receive(Messages.IDLE))).isEqualTo("closed by CLIENT LOCAL");
        assertThat(ending(rig -> rig.session.close())).isEqualTo("closed by CLIENT FIN");
    }

    private static String ending(Consumer<SessionRig> input) {
        WrittenTap tap = new WrittenTap();
        SessionRig rig = SessionRig.with(o -> o.tap(tap)).ready();
        input.accept(rig);
        return tap.told.get(tap.told.size() - 1);
    }

    @Test
    void aTapThatCannotBeginFailsTheSession() {
        SessionRig rig = SessionRig.with(o -> o.tap(opening -> {
            throw new TapFailedException("the journal is full", new IOException("no space"));
        }));

        rig.core.start();

        assertThat(rig.heard)
                .containsExactly("pgSessionConnectionFailed RecordingFailed", "pgSessionShutdown ConnectionFailed");
        assertThat(rig.effects.asked).containsExactly("abort");
    }

    @Test
    void aTapThatFailsKeepsTheBytesFromTheServerAndTheApplication() {
        WrittenTap tap = new WrittenTap();
        SessionRig writing = SessionRig.with(o -> o.tap(tap)).ready();
        tap.failing = true;
        writing.query("insert into t values (1)");
        WrittenTap other = new WrittenTap();
        SessionRig reading = SessionRig.with(o -> o.tap(other)).ready().query("select 1");
        other.failing = true;
        reading.receive(answer("1"));

        assertThat(writing.effects.sentNames()).isEmpty();
        assertThat(writing.heard)
                .as("the query failed inside the call, before anyone could listen to its future")
                .containsExactly("pgSessionShutdown RecordingFailed", "insert into t values (1): SessionClosed");
        assertThat(reading.heard)
                .containsExactly(
                        "select 1: SessionClosed may-have-executed may-have-committed",
                        "pgSessionShutdown RecordingFailed");
    }

    @Test
    void aTapThatFailsInsideACallbackEndsTheSessionAndIsNotThrownAtTheApplication() {
        WrittenTap tap = new WrittenTap();
        SessionRig rig = SessionRig.with(o -> o.tap(tap)).ready().query("select 1");
        rig.reacting(event -> {
            if (event.equals("pgTransactionStatus I")) {
                tap.failing = true;
                rig.query("insert into t values (1)", "insert into t values (2)");
            }
        });

        rig.receive(answer("1"));

        assertThat(rig.heard)
                .containsExactly(
                        "select 1 succeeded",
                        "pgTransactionStatus I",
                        "insert into t values (1): SessionClosed",
                        "insert into t values (2): SessionClosed",
                        "pgSessionShutdown RecordingFailed");
        assertThat(rig.effects.sentNames()).containsExactly("Query");
        assertThat(rig.effects.asked).noneMatch(asked -> asked.startsWith("callbackFailed"));
    }

    /** Writes down what it is told; fails when it is told to. */
    private static final class WrittenTap implements WireTap, SessionTap {
        final List<String> told = new ArrayList<>();
        private final ByteArrayOutputStream written = new ByteArrayOutputStream();
        boolean failing;

        Bytes writtenBytes() {
            return Bytes.wrap(written.toByteArray());
        }

        private void tell(String what) {
            if (failing) {
                throw new TapFailedException("the journal is full", new IOException("no space"));
            }
            told.add(what);
        }

        @Override
        public SessionTap sessionOpened(SessionOpening opening) {
            tell("opened " + opening.serverAddress() + " " + opening.startup().get("user"));
            return this;
        }

        @Override
        public void connectionOpened(int connection) {
            tell("connection " + connection);
        }

        @Override
        public void written(int connection, byte[] buffer, int from, int to) {
            tell("written " + (to - from));
            written.write(buffer, from, to - from);
        }

        @Override
        public void read(int connection, byte[] buffer, int from, int to) {
            tell("read " + (to - from));
        }

        @Override
        public void tlsRequested(int connection) {
            tell("tls requested");
        }

        @Override
        public void tlsEstablished(int connection, String protocol, String cipher) {
            tell("tls " + protocol + " " + cipher);
        }

        @Override
        public void tlsFailed(int connection, String kind) {
            tell("tls failed " + kind);
        }

        @Override
        public void callback(CallbackKind kind, String detail) {
            tell("callback " + kind.callbackName() + " " + detail);
        }

        @Override
        public void operationSubmitted(long id, String kind) {
            tell("submitted " + id + " " + kind);
        }

        @Override
        public void operationCompleted(long id, String outcome) {
            tell("completed " + id + " " + outcome);
        }

        @Override
        public void marker(String note) {
            tell("marker " + note);
        }

        @Override
        public void connectionClosed(int connection, EndKind how, By by) {
            tell("connection " + connection + " closed " + how + " by " + by);
        }

        @Override
        public void closed(By by, @Nullable EndKind how) {
            tell("closed by " + by + " " + how);
        }
    }
}
