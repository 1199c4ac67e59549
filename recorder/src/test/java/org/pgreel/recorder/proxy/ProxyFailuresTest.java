package org.pgreel.recorder.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pgreel.recorder.Conversations.greeting;
import static org.pgreel.recorder.Conversations.join;
import static org.pgreel.recorder.Conversations.startupOfAlice;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.pgreel.client.SslMode;
import org.pgreel.postgres.PostgresServer;
import org.pgreel.recorder.OnJournalFailure;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.RecordingClock;
import org.pgreel.recorder.journal.InMemoryJournal;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.recorder.verify.SessionState;
import org.pgreel.tap.By;

/** What the proxy says and does when the server, the port or the journal is not to be had. */
class ProxyFailuresTest extends ProxyBetweenSockets {

    @Test
    void aServerThatCannotBeReachedIsSaidToTheClientAndTheProxyGoesOn() throws IOException {
        int port = upstream.getLocalPort();
        upstream.close();
        for (int i = 1; i <= 2; i++) {
            try (Socket client = connect()) {
                send(client, startupOfAlice());
                String answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(answer)
                        .startsWith("E")
                        .contains("SFATAL\0", "C08001\0", "PgReel cannot reach the server at 127.0.0.1:" + port);
            }
            assertThat(awaitEnd(i).by()).isEqualTo(By.PROXY);
        }
        assertThat(problems)
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem).contains("Connection refused"));
        assertThat(Recordings.of(journal).verification().complete()).isTrue();
    }

    @Test
    void aPortInUseIsOneSentence() {
        InetSocketAddress taken = proxy.address();
        assertThatThrownBy(() -> RecordingProxy.builder(new Recorder(journal), "127.0.0.1", 1)
                        .listen("127.0.0.1", taken.getPort())
                        .start())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Cannot listen on 127.0.0.1:" + taken.getPort())
                .hasMessageContaining("in use");
    }

    @Test
    void aFullJournalEndsTheSessionAndTellsTheClient() throws IOException {
        proxy.close();
        InMemoryJournal small = new InMemoryJournal("run", 2_000);
        proxy = start(
                upstream.getLocalPort(), new Recorder(small, RecordingClock.system(), OnJournalFailure.FAIL_SESSION));
        try (Socket client = connect()) {
            send(client, startupOfAlice());
            try (Socket server = accept()) {
                receive(server, startupOfAlice().length);
                send(server, join(greeting(), new byte[4_000]));
                String answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(answer).contains("SFATAL\0", "C58030\0", "can no longer be recorded");
                assertThat(server.getInputStream().readAllBytes()).isEmpty();
            }
        }
        RecordedSession session = Recordings.of(small).sessions().get(0);
        assertThat(session.state()).isEqualTo(SessionState.DAMAGED);
        assertThat(problems).isNotEmpty();
    }

    @Test
    void aJournalThatFailsWhenTheServersLegIsEncryptedEndsTheSessionAndTellsTheClient() throws IOException {
        proxy.close();
        PostgresServer server = PostgresServer.shared();
        RefusingJournal refusing = new RefusingJournal("the leg to the server is encrypted");
        proxy = RecordingProxy.builder(new Recorder(refusing), server.host(), server.port())
                .upstreamSslMode(SslMode.REQUIRE)
                .onProblem(problems::add)
                .start();
        try (Socket client = connect()) {
            send(client, startupOfAlice());
            String answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("E").contains("SFATAL\0", "C58030\0", "The disk is broken just there.");
        }
        RecordedSession session = Recordings.of(refusing).sessions().get(0);
        assertThat(session.state()).isEqualTo(SessionState.DAMAGED);
        assertThat(session.bytesWritten()).isEqualTo(startupOfAlice().length);
        assertThat(problems).singleElement().asString().contains("can no longer be recorded");
    }

    @Test
    void aFullJournalMayLetTheSessionGoOn() throws IOException {
        proxy.close();
        InMemoryJournal small = new InMemoryJournal("run", 2_000);
        proxy = start(
                upstream.getLocalPort(), new Recorder(small, RecordingClock.system(), OnJournalFailure.STOP_RECORDING));
        byte[] words = join(greeting(), new byte[400_000]);
        try (Socket client = connect()) {
            send(client, startupOfAlice());
            try (Socket server = accept()) {
                receive(server, startupOfAlice().length);
                send(server, words);
                assertThat(receive(client, words.length)).isEqualTo(words);
            }
        }
        assertThat(Recordings.of(small).sessions().get(0).state()).isEqualTo(SessionState.DAMAGED);
    }
}
