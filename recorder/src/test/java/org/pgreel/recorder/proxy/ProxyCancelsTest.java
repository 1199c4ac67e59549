package org.pgreel.recorder.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgreel.recorder.Conversations.bytes;
import static org.pgreel.recorder.Conversations.greeting;
import static org.pgreel.recorder.Conversations.int4;
import static org.pgreel.recorder.Conversations.opening;
import static org.pgreel.recorder.Conversations.startup;
import static org.pgreel.recorder.Conversations.startupOfAlice;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.SslMode;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.event.ConnectionClosed;
import org.pgreel.recorder.event.SessionClosed;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.masking.CancelKey;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.tap.By;
import org.pgreel.tap.EndKind;

/** Cancel requests that come while their session ends, or after it. */
class ProxyCancelsTest extends ProxyBetweenSockets {

    private static final byte[] CANCEL = startup(80877102, int4(4711), int4(0x5ec2e700));
    private static final CancelKey KEY = new CancelKey(4711, Bytes.wrap(int4(0x5ec2e700)));

    @Test
    void aSessionEndsWithTheLastOfItsConnections() throws IOException {
        byte[] answer = bytes("what a pooler may say here");
        try (Socket canceller = new Socket()) {
            Socket other;
            try (Socket client = connect()) {
                send(client, startupOfAlice());
                try (Socket server = accept()) {
                    receive(server, startupOfAlice().length);
                    send(server, greeting());
                    receive(client, greeting().length);
                    canceller.connect(proxy.address(), WAIT_MILLIS);
                    canceller.setSoTimeout(WAIT_MILLIS);
                    send(canceller, CANCEL);
                    other = accept();
                    receive(other, CANCEL.length);
                }
                assertThat(client.getInputStream().read()).isEqualTo(-1);
            }
            await("the end of the session's own connection", () -> ended(1));
            assertThat(Recordings.of(journal).sessions().get(0).closed()).isNull();
            send(other, answer);
            assertThat(receive(canceller, answer.length)).isEqualTo(answer);
            assertThat(Recordings.of(journal).sessions().get(0).bytesRead())
                    .isEqualTo(greeting().length + answer.length);
            other.close();
            assertThat(canceller.getInputStream().read()).isEqualTo(-1);
        }
        SessionClosed end = awaitEnd(1);
        assertThat(end.by()).isEqualTo(By.SERVER);
        assertThat(end.how()).isEqualTo(EndKind.FIN);
        RecordedSession session = Recordings.of(journal).sessions().get(0);
        assertThat(session.bytesWritten()).isEqualTo(startupOfAlice().length + CANCEL.length);
        assertThat(session.connections()).hasSize(2);
        assertThat(Recordings.of(journal).verification().complete()).isTrue();
    }

    @Test
    void aCancelRequestForASessionThatIsOverIsASessionOfItsOwn() throws IOException {
        try (Socket client = connect()) {
            send(client, startupOfAlice());
            try (Socket server = accept()) {
                receive(server, startupOfAlice().length);
                send(server, greeting());
                receive(client, greeting().length);
            }
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
        awaitEnd(1);
        try (Socket canceller = connect()) {
            send(canceller, CANCEL);
            try (Socket other = accept()) {
                assertThat(receive(other, CANCEL.length)).isEqualTo(CANCEL);
            }
            assertThat(canceller.getInputStream().read()).isEqualTo(-1);
        }
        awaitEnd(2);
        assertThat(Recordings.of(journal).sessions().get(1).bytesWritten()).isEqualTo(CANCEL.length);
    }

    /** The session is found by its key, and ends before the cancel request can join it. */
    @Test
    void aCancelRequestWhoseSessionEndsUnderItsHandsIsASessionOfItsOwn() {
        Recorder recorder = new Recorder(journal);
        ProxyContext context = new ProxyContext(
                recorder,
                new ProxySettings(
                        "127.0.0.1",
                        upstream.getLocalPort(),
                        ConnectOptions.builder()
                                .user("alice")
                                .sslMode(SslMode.DISABLE)
                                .build()
                                .tls(),
                        null,
                        BindingPolicy.AUTO,
                        null,
                        ProxyLimits.DEFAULTS,
                        problems::add));
        ProxiedSession ending = new ProxiedSession(context, recorder.opened(opening()));
        ending.connectionClosed(ending.connectionOpened(), EndKind.FIN, By.CLIENT);
        context.keyKnown(KEY, ending);
        EmbeddedChannel canceller = new EmbeddedChannel(new GreetingHandler(context));
        canceller.writeInbound(Unpooled.wrappedBuffer(CANCEL));
        List<RecordedSession> sessions = Recordings.of(journal).sessions();
        assertThat(sessions).hasSize(2);
        assertThat(sessions.get(0).bytesWritten()).isZero();
        assertThat(sessions.get(1).bytesWritten()).isEqualTo(CANCEL.length);
        canceller.finishAndReleaseAll();
    }

    private boolean ended(int connection) {
        for (SessionEvent event : Recordings.of(journal).sessions().get(0).events()) {
            if (event instanceof ConnectionClosed closed && closed.connection() == connection) {
                return true;
            }
        }
        return false;
    }
}
