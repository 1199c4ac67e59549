package org.pgreel.recorder.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pgreel.recorder.Conversations.bytes;
import static org.pgreel.recorder.Conversations.greeting;
import static org.pgreel.recorder.Conversations.startupOfAlice;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgreel.client.SslMode;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.certificate.MadeCertificate;
import org.pgreel.tap.By;
import org.pgreel.tap.EndKind;

/** TLS between the proxy and a bare server: how it is asked for, what is refused, how it ends. */
class UpstreamLegTlsTest extends ProxyBetweenSockets {

    /** The content type of an alert; TLS 1.2 does not hide it. */
    private static final byte TLS_ALERT = 21;

    @BeforeEach
    void askForTls() throws IOException {
        ask(SslMode.REQUIRE);
    }

    private void ask(SslMode mode) throws IOException {
        proxy.close();
        proxy = RecordingProxy.builder(new Recorder(journal), "127.0.0.1", upstream.getLocalPort())
                .upstreamSslMode(mode)
                .clientTls(ProxyCertificate.made())
                .channelBinding(BindingPolicy.PASS)
                .onProblem(problems::add)
                .start();
    }

    @Test
    void nothingOfTheClientIsSentBeforeTlsIsAgreedOn() throws Exception {
        try (Socket client = connect()) {
            send(client, startupOfAlice());
            try (SSLSocket server = TlsSockets.granted(accept(), MadeCertificate.forThisHost())) {
                assertThat(receive(server, startupOfAlice().length)).isEqualTo(startupOfAlice());
                send(server, greeting());
                assertThat(receive(client, greeting().length)).isEqualTo(greeting());
            }
        }
        awaitEnd(1);
    }

    @ParameterizedTest
    @CsvSource({
        "N, it refuses TLS which --upstream-sslmode require demands",
        "Sjunk, it answered the request for TLS with something else than S or N",
        "Enonsense, it answered the request for TLS with something else than S or N",
        "X, it answered the request for TLS with something else than S or N"
    })
    void anythingButConsentIsToldToTheClient(String answer, String reason) throws IOException {
        try (Socket client = connect()) {
            send(client, startupOfAlice());
            try (Socket server = accept()) {
                assertThat(receive(server, 8)).isEqualTo(TlsSockets.SSL_REQUEST);
                send(server, bytes(answer));
                String told = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(told.replace(",", "")).contains("C08001\0", reason).doesNotContain("junk", "nonsense");
                assertThat(server.getInputStream().read()).isEqualTo(-1);
            }
        }
        assertThat(awaitEnd(1).by()).isEqualTo(By.PROXY);
    }

    @Test
    void aRefusalIsTakenWherePlaintextWillDo() throws IOException {
        ask(SslMode.PREFER);
        try (Socket client = connect()) {
            send(client, startupOfAlice());
            try (Socket server = accept()) {
                receive(server, 8);
                send(server, bytes("N"));
                assertThat(receive(server, startupOfAlice().length)).isEqualTo(startupOfAlice());
            }
        }
        awaitEnd(1);
    }

    @Test
    void aCertificateThatNobodySignedIsRefusedWhereItIsVerified() throws Exception {
        ask(SslMode.VERIFY_CA);
        try (Socket client = connect()) {
            send(client, startupOfAlice());
            Socket server = accept();
            assertThatThrownBy(() -> TlsSockets.granted(server, MadeCertificate.forThisHost())
                            .getInputStream()
                            .read())
                    .isInstanceOf(SSLException.class);
            String told = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(told).contains("C08001\0", "the TLS handshake failed");
        }
        awaitEnd(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCloseNotifyPassesFromLegToLegAndSoDoesItsAbsence(boolean said) throws Exception {
        try (Socket beneath = connect()) {
            SSLSocket client = TlsSockets.asked(beneath, "TLSv1.2");
            send(client, startupOfAlice());
            Socket below = accept();
            SSLSocket server = TlsSockets.granted(below, MadeCertificate.forThisHost());
            receive(server, startupOfAlice().length);
            if (said) {
                server.shutdownOutput();
            } else {
                below.shutdownOutput();
            }
            byte[] last = beneath.getInputStream().readAllBytes();
            if (said) {
                assertThat(last[0]).isEqualTo(TLS_ALERT);
            } else {
                assertThat(last).isEmpty();
            }
        }
        assertThat(awaitEnd(1).how()).isEqualTo(EndKind.FIN);
    }
}
