package org.pgreel.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.SslMode;

/** The glue against a server that ends connections in every way, on both kinds of sockets. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class SessionSocketTest {
    private final RawServer server = new RawServer();
    private Transport transport = Transport.start(1, true, true);

    @AfterEach
    void close() throws IOException {
        transport.close();
        server.close();
    }

    private RecordedInputs connect(boolean epoll) {
        if (!epoll) {
            transport.close();
            transport = Transport.start(1, true, false);
        }
        return new RecordedInputs(transport, options(server.port())).begin();
    }

    private static ConnectOptions options(int port) {
        return ConnectOptions.builder()
                .host("127.0.0.1")
                .port(port)
                .user("alice")
                .sslMode(SslMode.DISABLE)
                .build();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bytesGoBothWays(boolean epoll) throws Exception {
        RecordedInputs core = connect(epoll);
        try (RawServer.Peer peer = server.accept()) {
            assertThat(core.next()).isEqualTo("connected");
            core.send("question");
            assertThat(peer.readText(8)).isEqualTo("question");
            peer.send("answer");
            assertThat(core.text(6)).isEqualTo("answer");
        }
        assertThat(core.next()).isEqualTo("endOfStream");
        assertThat(core.waiting()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aResetIsNotAnEndOfStream(boolean epoll) throws Exception {
        RecordedInputs core = connect(epoll);
        RawServer.Peer peer = server.accept();
        assertThat(core.next()).isEqualTo("connected");
        peer.reset();
        assertThat(core.next()).isEqualTo("reset");
        assertThat(core.cause).isInstanceOf(IOException.class);
        assertThat(core.waiting()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theSessionMayGoOnWritingBehindTheServersEndOfStream(boolean epoll) throws Exception {
        RecordedInputs core = connect(epoll);
        try (RawServer.Peer peer = server.accept()) {
            peer.send("bye");
            peer.endOutput();
            assertThat(core.next()).isEqualTo("connected");
            assertThat(core.text(3)).isEqualTo("bye");
            assertThat(core.next()).isEqualTo("endOfStream");
            core.send("one thing more");
            assertThat(peer.readText(14)).isEqualTo("one thing more");
            core.socket.execute(core.socket::close);
            assertThat(peer.readAll()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void closingSendsEverythingAndNeverAResetAlthoughInputIsUnread(boolean epoll) throws Exception {
        RecordedInputs core = connect(epoll);
        try (RawServer.Peer peer = server.accept()) {
            assertThat(core.next()).isEqualTo("connected");
            peer.send("x".repeat(1 << 20));
            String much = "y".repeat(3 << 20);
            core.send(much);
            core.socket.execute(core.socket::close);
            assertThat(peer.readAll()).hasSize(much.length());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void closingWaitsNoLongerThanItsLimitForTheServersEnd(boolean epoll) throws Exception {
        if (!epoll) {
            transport.close();
            transport = Transport.start(1, true, false);
        }
        ConnectOptions hasty = ConnectOptions.builder()
                .host("127.0.0.1")
                .port(server.port())
                .user("alice")
                .sslMode(SslMode.DISABLE)
                .closeTimeout(Duration.ofMillis(20))
                .build();
        RecordedInputs core = new RecordedInputs(transport, hasty).begin();
        try (RawServer.Peer peer = server.accept()) {
            assertThat(core.next()).isEqualTo("connected");
            core.socket.execute(core.socket::close);
            assertThat(peer.readAll()).isEmpty();
            assertThatThrownBy(() -> {
                        while (true) {
                            peer.send("still here");
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void abortingResetsTheConnection(boolean epoll) throws Exception {
        RecordedInputs core = connect(epoll);
        try (RawServer.Peer peer = server.accept()) {
            assertThat(core.next()).isEqualTo("connected");
            core.socket.execute(core.socket::abort);
            assertThatThrownBy(peer::readAll).isInstanceOf(SocketException.class);
        }
        assertThat(core.waiting()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theServersLastWordsAreReadAlthoughAWriteFails(boolean epoll) throws Exception {
        RecordedInputs core = connect(epoll);
        CountDownLatch gone = new CountDownLatch(1);
        try (RawServer.Peer peer = server.accept()) {
            assertThat(core.next()).isEqualTo("connected");
            // The owner is kept busy until the server has gone, so that reading and failing to write come together.
            core.socket.execute(() -> awaited(gone));
            peer.send("last words");
        }
        core.send("too late");
        core.socket.execute(() -> core.send("much too late"));
        gone.countDown();
        assertThat(core.text(10)).isEqualTo("last words");
        assertThat(core.next()).isIn("endOfStream", "reset");
        core.socket.execute(core.socket::close);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRefusedConnectionSaysSo(boolean epoll) throws Exception {
        if (!epoll) {
            transport.close();
            transport = Transport.start(1, true, false);
        }
        int port;
        try (ServerSocket unused = new ServerSocket(0)) {
            port = unused.getLocalPort();
        }
        RecordedInputs core = new RecordedInputs(transport, options(port)).begin();
        assertThat(core.next()).isEqualTo("connectFailed TCP");
        assertThat(core.cause).hasMessageContaining("refused");
    }

    @Test
    void aSocketThatCannotBeCreatedIsToldOnTheSessionsThread() throws Exception {
        transport.close();
        transport = Transport.start(1, true, new NoDescriptorsLeft());
        RecordedInputs core = new RecordedInputs(transport, options(server.port())).begin();
        assertThat(core.next()).isEqualTo("connectFailed TCP");
        assertThat(core.failedOnItsThread).isTrue();
        assertThat(core.cause).hasStackTraceContaining("Too many open files");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSlowReaderMakesTheSocketUnwritableAndThenWritable(boolean epoll) throws Exception {
        RecordedInputs core = connect(epoll);
        try (RawServer.Peer peer = server.accept()) {
            assertThat(core.next()).isEqualTo("connected");
            String much = "z".repeat(16 << 20);
            core.send(much);
            assertThat(core.next()).isEqualTo("unwritable");
            assertThat(peer.read(much.length())).hasSize(much.length());
            assertThat(core.next()).isEqualTo("writable");
        }
    }

    @Test
    void aConnectionThatCannotBeEndedInOrderIsEndedAllTheSame() throws Exception {
        transport.close();
        transport = Transport.start(1, true, new Unflushable());
        RecordedInputs core = new RecordedInputs(transport, options(server.port())).begin();
        try (RawServer.Peer peer = server.accept()) {
            assertThat(core.next()).isEqualTo("connected");
            byte[] last = {1};
            core.socket.execute(() -> {
                core.socket.write(last, 0, 1);
                core.socket.close();
            });
            assertThatThrownBy(peer::readAll).isInstanceOf(SocketException.class);
        }
        transport.close();
        assertThat(transport.sessionCount()).isZero();
    }

    @Test
    void aSessionThatBeginsWhenTheClientIsClosedIsRefusedAndHearsNothing() {
        RecordedInputs core = new RecordedInputs(transport, options(server.port()));
        transport.close();
        assertThatThrownBy(core::begin)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the client is closed");
        assertThat(transport.sessionCount()).isZero();
        assertThat(core.waiting()).isZero();
    }

    private static void awaited(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
