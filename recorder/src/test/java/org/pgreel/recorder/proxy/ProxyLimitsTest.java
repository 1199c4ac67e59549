package org.pgreel.recorder.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pgreel.recorder.Conversations.bytes;
import static org.pgreel.recorder.Conversations.greeting;
import static org.pgreel.recorder.Conversations.query;
import static org.pgreel.recorder.Conversations.startupOfAlice;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.pgreel.client.SslMode;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.event.SessionClosed;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.tap.By;
import org.pgreel.tap.EndKind;

/** How many sessions the proxy serves, how long it waits, and how it stops. */
class ProxyLimitsTest extends ProxyBetweenSockets {

    private void limit(ProxyLimits limits) throws IOException {
        proxy.close();
        proxy = RecordingProxy.builder(new Recorder(journal), "127.0.0.1", upstream.getLocalPort())
                .upstreamSslMode(SslMode.DISABLE)
                .limits(limits)
                .onProblem(problems::add)
                .start();
    }

    @Test
    void aClientTooManyIsToldSoAndAPlaceThatIsLeftIsGivenAway() throws IOException {
        limit(ProxyLimits.DEFAULTS.sessions(1));
        try (Socket first = connect()) {
            send(first, startupOfAlice());
            Socket server = accept();
            receive(server, startupOfAlice().length);
            try (Socket second = connect()) {
                send(second, startupOfAlice());
                assertThat(text(second))
                        .startsWith("E")
                        .contains("SFATAL\0", "C53300\0", "PgReel forwards no more than 1 sessions at once");
            }
            server.close();
            assertThat(first.getInputStream().read()).isEqualTo(-1);
        }
        awaitEnd(1);
        SessionClosed refused = awaitEnd(2);
        assertThat(refused.by()).isEqualTo(By.PROXY);
        try (Socket third = connect()) {
            send(third, startupOfAlice());
            receive(accept(), startupOfAlice().length);
        }
        assertThat(proxy.statistics().refusedSessions()).isEqualTo(1);
        assertThat(proxy.statistics().sessions()).isEqualTo(2);
        assertThat(problems).hasSize(1);
    }

    @Test
    void aClientThatDoesNotSayWhoItIsLosesItsConnection() throws IOException {
        limit(ProxyLimits.DEFAULTS.greeting(Duration.ofMillis(100)));
        try (Socket silent = connect();
                Socket slow = connect()) {
            send(slow, bytes("\0\0"));
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
            assertThat(slow.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(Recordings.of(journal).sessions()).isEmpty();
    }

    @Test
    void aSessionInWhichNothingIsSaidEndsAndIsToldWhy() throws IOException {
        limit(ProxyLimits.DEFAULTS.idle(Duration.ofMillis(200)));
        try (Socket client = connect()) {
            send(client, startupOfAlice());
            try (Socket server = accept()) {
                receive(server, startupOfAlice().length);
                assertThat(text(client)).contains("C57P05\0", "nothing was said for 200 ms");
                assertThat(server.getInputStream().read()).isEqualTo(-1);
            }
        }
        assertThat(awaitEnd(1).how()).isEqualTo(EndKind.TIMEOUT);
    }

    @Test
    void aServerThatDoesNotAgreeOnTlsInTimeIsGivenUp() throws IOException {
        proxy.close();
        proxy = RecordingProxy.builder(new Recorder(journal), "127.0.0.1", upstream.getLocalPort())
                .limits(ProxyLimits.DEFAULTS.connect(Duration.ofMillis(200)))
                .onProblem(problems::add)
                .start();
        try (Socket client = connect()) {
            send(client, startupOfAlice());
            try (Socket server = accept()) {
                assertThat(text(client)).contains("C08001\0", "it did not agree on TLS within 200 ms");
                server.getInputStream().readAllBytes();
            }
        }
        awaitEnd(1);
    }

    @Test
    void stoppingLetsSessionsEndAndAcceptsNobody() throws Exception {
        limit(ProxyLimits.DEFAULTS.drain(Duration.ofSeconds(60)));
        try (Socket client = connect()) {
            send(client, startupOfAlice());
            try (Socket server = accept()) {
                receive(server, startupOfAlice().length);
                CompletableFuture<Void> stopping = CompletableFuture.runAsync(proxy::close);
                await("the end of listening", this::refusesConnections);
                send(server, greeting());
                receive(client, greeting().length);
                send(client, query("select 1"));
                assertThat(receive(server, query("select 1").length)).isEqualTo(query("select 1"));
                client.shutdownOutput();
                assertThat(server.getInputStream().read()).isEqualTo(-1);
                server.shutdownOutput();
                stopping.get(WAIT_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
        assertThat(awaitEnd(1).by()).isEqualTo(By.CLIENT);
    }

    private boolean refusesConnections() {
        try (Socket late = new Socket()) {
            late.connect(proxy.address(), WAIT_MILLIS);
            return false;
        } catch (SocketException refused) {
            return true;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void sessionsThatDoNotEndInTimeAreResetAndRecordedSo() throws IOException {
        limit(ProxyLimits.DEFAULTS.drain(Duration.ofMillis(50)));
        try (Socket client = connect()) {
            send(client, startupOfAlice());
            try (Socket server = accept()) {
                receive(server, startupOfAlice().length);
                proxy.close();
                for (Socket side : new Socket[] {client, server}) {
                    InputStream in = side.getInputStream();
                    assertThatThrownBy(in::read)
                            .isInstanceOf(SocketException.class)
                            .hasMessageContaining("reset");
                }
            }
        }
        SessionClosed end = awaitEnd(1);
        assertThat(end.how()).isEqualTo(EndKind.RESET);
        assertThat(end.by()).isEqualTo(By.PROXY);
    }

    private static String text(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
