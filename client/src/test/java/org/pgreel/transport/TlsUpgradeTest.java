package org.pgreel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.SslMode;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.session.TlsSession;

/** TLS behind the server's {@code S}, against servers that keep the rules and servers that do not. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class TlsUpgradeTest {
    private final RawServer server = new RawServer();
    private Transport transport = Transport.start(1, true, true);

    @AfterEach
    void close() throws IOException {
        transport.close();
        server.close();
    }

    /** Asks for TLS when it is connected, and begins it at the server's {@code S}. */
    private final class Asking extends RecordedInputs {
        Asking(SslMode mode, String authority) {
            super(
                    transport,
                    ConnectOptions.builder()
                            .host("localhost")
                            .port(server.port())
                            .user("alice")
                            .sslMode(mode)
                            .sslRootCertificate(Path.of(authority))
                            .build());
            begin();
        }

        @Override
        public void connected() {
            super.connected();
            byte[] request = "SSL?".getBytes(StandardCharsets.UTF_8);
            socket.write(request, 0, request.length);
        }

        @Override
        public void received(byte[] buffer, int from, int to) {
            super.received(buffer, from, to);
            if (to - from == 1 && buffer[from] == 'S') {
                socket.startTls();
            }
        }
    }

    private Asking ask(SslMode mode, String authority) throws InterruptedException {
        Asking core = new Asking(mode, Certificates.file(authority).toString());
        assertThat(core.next()).isEqualTo("connected");
        return core;
    }

    private RawServer.Peer consent(String answer) throws IOException {
        RawServer.Peer peer = server.accept();
        assertThat(peer.readText(4)).isEqualTo("SSL?");
        peer.send(answer);
        return peer;
    }

    private static SSLSocket encrypted(RawServer.Peer peer, String certificate) throws Exception {
        SSLSocket tls = (SSLSocket)
                EnginePair.context(certificate, null).getSocketFactory().createSocket(peer.socket(), null, true);
        tls.setUseClientMode(false);
        return tls;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void afterTheHandshakeBytesAreEncryptedAndTheEndPointHashIsKnown(boolean epoll) throws Exception {
        transport.close();
        transport = Transport.start(1, true, epoll);
        Asking core = ask(SslMode.VERIFY_FULL, "authority.crt");
        try (RawServer.Peer peer = consent("S");
                SSLSocket tls = encrypted(peer, "server")) {
            assertThat(core.next()).isEqualTo("received S");
            tls.startHandshake();
            assertThat(core.next()).isEqualTo("tlsEstablished");
            TlsSession agreed = Objects.requireNonNull(core.tls);
            assertThat(agreed.protocol()).isEqualTo("TLSv1.3");
            assertThat(agreed.endPointHash())
                    .isEqualTo(Bytes.wrap(TlsServerEndPoint.of(PemFile.read(Certificates.file("server.crt"))
                                    .certificates()
                                    .get(0))
                            .orElseThrow()));

            core.send("secret");
            assertThat(tls.getInputStream().readNBytes(6)).asString().isEqualTo("secret");
            tls.getOutputStream().write("answer".getBytes(StandardCharsets.UTF_8));
            assertThat(core.text(6)).isEqualTo("answer");
        }
        assertThat(core.next()).isEqualTo("endOfStream");
        assertThat(core.waiting()).isZero();
    }

    @Test
    void closingSaysSoInsideTls() throws Exception {
        Asking core = ask(SslMode.REQUIRE, "authority.crt");
        try (RawServer.Peer peer = consent("S");
                SSLSocket tls = encrypted(peer, "server")) {
            tls.startHandshake();
            core.send("all of it");
            core.socket.execute(core.socket::close);
            // Without close_notify the runtime would call this a truncation.
            assertThat(tls.getInputStream().readAllBytes()).asString().isEqualTo("all of it");
        }
    }

    @Test
    void aCertificateOfAStrangerIsRefusedAsSuch() throws Exception {
        Asking core = ask(SslMode.VERIFY_CA, "stranger.crt");
        try (RawServer.Peer peer = consent("S");
                SSLSocket tls = encrypted(peer, "server")) {
            assertThat(catchHandshake(tls)).isInstanceOf(IOException.class);
            assertThat(core.next()).isEqualTo("received S");
            assertThat(core.next()).isEqualTo("tlsFailed CERTIFICATE");
            assertThat(core.waiting()).isZero();
        }
    }

    @Test
    void aCertificateForAnotherHostIsRefusedByVerifyFullAlone() throws Exception {
        Asking lenient = ask(SslMode.VERIFY_CA, "authority.crt");
        try (RawServer.Peer peer = consent("S");
                SSLSocket tls = encrypted(peer, "elsewhere")) {
            tls.startHandshake();
            assertThat(lenient.next()).isEqualTo("received S");
            assertThat(lenient.next()).isEqualTo("tlsEstablished");
        }
        Asking strict = ask(SslMode.VERIFY_FULL, "authority.crt");
        try (RawServer.Peer peer = consent("S");
                SSLSocket tls = encrypted(peer, "elsewhere")) {
            assertThat(catchHandshake(tls)).isInstanceOf(IOException.class);
            assertThat(strict.next()).isEqualTo("received S");
            assertThat(strict.next()).isEqualTo("tlsFailed CERTIFICATE");
        }
    }

    @Test
    void anEndOfStreamDuringTheHandshakeIsItsFailure() throws Exception {
        Asking core = ask(SslMode.REQUIRE, "authority.crt");
        try (RawServer.Peer peer = consent("S")) {
            peer.read(5);
            peer.endOutput();
            assertThat(core.next()).isEqualTo("received S");
            assertThat(core.next()).isEqualTo("tlsFailed HANDSHAKE");
            assertThat(core.cause).isInstanceOf(EOFException.class);
            assertThat(core.waiting()).isZero();
        }
    }

    @Test
    void aResetDuringTheHandshakeIsItsFailure() throws Exception {
        Asking core = ask(SslMode.REQUIRE, "authority.crt");
        RawServer.Peer peer = consent("S");
        peer.read(5);
        peer.reset();
        assertThat(core.next()).isEqualTo("received S");
        assertThat(core.next()).isEqualTo("tlsFailed HANDSHAKE");
        assertThat(core.waiting()).isZero();
    }

    @Test
    void plaintextInPlaceOfAHandshakeIsItsFailure() throws Exception {
        Asking core = ask(SslMode.REQUIRE, "authority.crt");
        try (RawServer.Peer peer = consent("S")) {
            peer.read(5);
            peer.send("E....FATAL: here is what an attacker says");
            assertThat(core.next()).isEqualTo("received S");
            assertThat(core.next()).isEqualTo("tlsFailed HANDSHAKE");
            assertThat(core.cause).isInstanceOf(SSLException.class);
            assertThat(core.waiting()).isZero();
        }
    }

    @Test
    void aMissingRootFileFailsTheHandshakeAndNamesTheFile() throws Exception {
        Asking core = new Asking(SslMode.VERIFY_CA, "absent.crt");
        try (RawServer.Peer peer = consent("S")) {
            assertThat(core.next()).isEqualTo("connected");
            assertThat(core.next()).isEqualTo("received S");
            assertThat(core.next()).isEqualTo("tlsFailed HANDSHAKE");
            assertThat(core.cause).hasMessageContaining("absent.crt");
            assertThat(peer.socket().isConnected()).isTrue();
        }
    }

    @Test
    void anEngineThatCannotEvenBeMadeOrUsedIsAFailureAndNoSilence() throws Exception {
        EmbeddedChannel channel = new EmbeddedChannel();
        SSLEngine used = EnginePair.context("server", null).createSSLEngine();
        List<Throwable> failures = new ArrayList<>();
        new TlsUpgrade(channel, channel.eventLoop(), Runnable::run)
                .begin(
                        () -> {
                            throw new NoClassDefFoundError("a provider is missing");
                        },
                        failures::add);
        channel.runPendingTasks();
        assertThat(failures).singleElement().isInstanceOf(NoClassDefFoundError.class);

        EmbeddedChannel broken = new EmbeddedChannel() {
            @Override
            public boolean isActive() {
                throw new IllegalStateException("a defect");
            }
        };
        new TlsUpgrade(broken, channel.eventLoop(), Runnable::run).begin(() -> used, failures::add);
        channel.runPendingTasks();
        assertThat(failures).last().isInstanceOf(IllegalStateException.class);
    }

    private static Throwable catchHandshake(SSLSocket tls) {
        try {
            tls.startHandshake();
            // With TLS 1.3 the server is done before the client has looked at the certificate.
            tls.getInputStream().read();
        } catch (IOException refused) {
            return refused;
        }
        throw new AssertionError("the client accepted the certificate");
    }
}
