package org.pgreel.recorder.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pgreel.recorder.Conversations.bytes;
import static org.pgreel.recorder.Conversations.greeting;
import static org.pgreel.recorder.Conversations.int4;
import static org.pgreel.recorder.Conversations.join;
import static org.pgreel.recorder.Conversations.startup;
import static org.pgreel.recorder.Conversations.startupOfAlice;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pgreel.client.SslMode;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.event.SessionClosed;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.event.TlsEstablished;
import org.pgreel.recorder.event.TlsFailed;
import org.pgreel.recorder.event.TlsRequested;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.tap.By;
import org.pgreel.tap.EndKind;

/** TLS between a client and the proxy: how it begins, what is recorded, how it ends. */
class ClientLegTlsTest extends ProxyBetweenSockets {

    @BeforeEach
    void offerTls() throws IOException {
        proxy.close();
        proxy = RecordingProxy.builder(new Recorder(journal), "127.0.0.1", upstream.getLocalPort())
                .upstreamSslMode(SslMode.DISABLE)
                .clientTls(ProxyCertificate.made())
                .onProblem(problems::add)
                .start();
    }

    @Test
    void whatIsSaidInsideTlsIsForwardedAndRecorded() throws Exception {
        byte[] noise = new byte[200_000];
        new Random(11).nextBytes(noise);
        try (SSLSocket client = TlsSockets.asked(connect())) {
            send(client, startupOfAlice());
            try (Socket server = accept()) {
                assertThat(receive(server, startupOfAlice().length)).isEqualTo(startupOfAlice());
                send(server, join(greeting(), noise));
                assertThat(receive(client, greeting().length + noise.length)).isEqualTo(join(greeting(), noise));
            }
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
        awaitEnd(1);
        RecordedSession session = Recordings.of(journal).sessions().get(0);
        assertThat(session.bytesWritten()).isEqualTo(8 + startupOfAlice().length);
        assertThat(session.bytesRead()).isEqualTo(1 + greeting().length + noise.length);
        assertThat(tlsEvents()).containsExactly(TlsRequested.class, TlsEstablished.class);
        assertThat(Recordings.of(journal).verification().complete()).isTrue();
    }

    private List<Class<?>> tlsEvents() {
        List<Class<?>> found = new ArrayList<>();
        for (SessionEvent event : Recordings.of(journal).sessions().get(0).events()) {
            if (event instanceof TlsRequested || event instanceof TlsEstablished || event instanceof TlsFailed) {
                found.add(event.getClass());
            }
        }
        return found;
    }

    @Test
    void gssapiIsRefusedAndTlsGrantedBehindIt() throws Exception {
        Socket plain = connect();
        send(plain, startup(80877104));
        assertThat(receive(plain, 1)).isEqualTo(bytes("N"));
        try (SSLSocket client = TlsSockets.asked(plain)) {
            send(client, startupOfAlice());
            try (Socket server = accept()) {
                assertThat(receive(server, startupOfAlice().length)).isEqualTo(startupOfAlice());
            }
        }
        awaitEnd(1);
    }

    @Test
    void tlsMayBeginAtOnceWhereTheProtocolIsOffered() throws Exception {
        try (SSLSocket client = TlsSockets.direct(connect(), "postgresql")) {
            assertThat(client.getApplicationProtocol()).isEqualTo("postgresql");
            send(client, startupOfAlice());
            try (Socket server = accept()) {
                assertThat(receive(server, startupOfAlice().length)).isEqualTo(startupOfAlice());
            }
        }
        awaitEnd(1);
        assertThat(tlsEvents()).containsExactly(TlsRequested.class, TlsEstablished.class);
        assertThat(Recordings.of(journal).sessions().get(0).bytesWritten()).isEqualTo(startupOfAlice().length);
    }

    @Test
    void tlsThatBeginsAtOnceAndMayMeanAnotherServiceIsEnded() throws Exception {
        try (SSLSocket client = TlsSockets.direct(connect())) {
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
        awaitEnd(1);
        assertThat(problems).singleElement().asString().contains("did not offer the protocol postgresql");
        assertThat(tlsEvents()).containsExactly(TlsRequested.class, TlsFailed.class);
    }

    @Test
    void bytesBehindTheRequestForTlsAreNotTakenForTls() throws IOException {
        try (Socket client = connect()) {
            send(client, join(TlsSockets.SSL_REQUEST, startupOfAlice()));
            String answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("E").contains("C08P01\0", "received unencrypted data after SSL request");
        }
        assertThat(awaitEnd(1).by()).isEqualTo(By.PROXY);
    }

    @Test
    void aHandshakeThatFailsIsRecordedAsSuch() throws Exception {
        try (Socket client = connect()) {
            send(client, TlsSockets.SSL_REQUEST);
            receive(client, 1);
            send(client, startupOfAlice());
            client.getInputStream().readAllBytes();
        } catch (SocketException reset) {
            problems.add("A client's TLS handshake failed by reset");
        }
        awaitEnd(1);
        assertThat(tlsEvents()).containsExactly(TlsRequested.class, TlsFailed.class);
        assertThat(problems).first().asString().contains("A client's TLS handshake failed");
    }

    @Test
    void aCancelRequestInsideTlsReachesTheServerAndItsSession() throws Exception {
        byte[] cancel = startup(80877102, int4(4711), int4(0x5ec2e700));
        try (SSLSocket client = TlsSockets.asked(connect())) {
            send(client, startupOfAlice());
            try (Socket server = accept()) {
                receive(server, startupOfAlice().length);
                send(server, greeting());
                receive(client, greeting().length);
                try (SSLSocket canceller = TlsSockets.asked(connect())) {
                    send(canceller, cancel);
                    try (Socket other = accept()) {
                        assertThat(receive(other, cancel.length)).isEqualTo(cancel);
                    }
                    assertThat(canceller.getInputStream().read()).isEqualTo(-1);
                }
            }
        }
        awaitEnd(1);
        RecordedSession session = Recordings.of(journal).sessions().get(0);
        assertThat(session.connections()).hasSize(2);
        assertThat(session.connections().get(1).bytesWritten()).isEqualTo(cancel.length);
        assertThat(proxy.statistics().cancelRequests()).isEqualTo(1);
    }

    @Test
    void aCloseNotifyIsAnEndOfStreamForTheServerAndTheReverse() throws Exception {
        byte[] words = new byte[1_000_000];
        new Random(5).nextBytes(words);
        try (SSLSocket client = TlsSockets.asked(connect())) {
            send(client, startupOfAlice());
            client.shutdownOutput();
            try (Socket server = accept()) {
                assertThat(server.getInputStream().readAllBytes()).isEqualTo(startupOfAlice());
                send(server, words);
            }
            // A stream that ends without close_notify would be an SSLException.
            assertThat(client.getInputStream().readAllBytes()).isEqualTo(words);
        }
        SessionClosed end = awaitEnd(1);
        assertThat(end.how()).isEqualTo(EndKind.FIN);
        assertThat(end.by()).isEqualTo(By.CLIENT);
    }

    @Test
    void aResetOfTheServerIsAResetInsideTls() throws Exception {
        try (SSLSocket client = TlsSockets.asked(connect())) {
            send(client, startupOfAlice());
            try (Socket server = accept()) {
                receive(server, startupOfAlice().length);
                send(server, greeting());
                assertThat(receive(client, greeting().length)).isEqualTo(greeting());
                server.setSoLinger(true, 0);
            }
            InputStream in = client.getInputStream();
            assertThatThrownBy(in::read)
                    .isInstanceOfAny(SocketException.class, SSLException.class)
                    .hasMessageContaining("reset");
        }
        assertThat(awaitEnd(1).how()).isEqualTo(EndKind.RESET);
    }
}
