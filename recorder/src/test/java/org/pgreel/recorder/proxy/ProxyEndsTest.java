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
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.pgreel.recorder.event.Chunk;
import org.pgreel.recorder.event.SessionClosed;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.tap.By;
import org.pgreel.tap.EndKind;

/** Ends, slow readers and hostile bytes between a bare client and a bare server, both of them sockets of this test. */
class ProxyEndsTest extends ProxyBetweenSockets {

    @Test
    void bytesPassAsTheyAreWhateverTheyAre() throws IOException {
        byte[] noise = new byte[300_000];
        new Random(7).nextBytes(noise);
        try (Socket client = connect()) {
            send(client, startupOfAlice());
            try (Socket server = accept()) {
                assertThat(receive(server, startupOfAlice().length)).isEqualTo(startupOfAlice());
                send(server, join(greeting(), noise));
                assertThat(receive(client, greeting().length + noise.length)).isEqualTo(join(greeting(), noise));
                send(client, noise);
                assertThat(receive(server, noise.length)).isEqualTo(noise);
            }
        }
        awaitEnd(1);
        assertThat(Recordings.of(journal).sessions().get(0).bytesWritten())
                .isEqualTo(startupOfAlice().length + noise.length);
    }

    @Test
    void aFirstPacketThatIsNoneIsTheServersToAnswer() throws IOException {
        byte[] http = bytes("GET / HTTP/1.1\r\nHost: example.org\r\n\r\n");
        try (Socket client = connect()) {
            send(client, http);
            try (Socket server = accept()) {
                assertThat(receive(server, http.length)).isEqualTo(http);
            }
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(awaitEnd(1).by()).isEqualTo(By.SERVER);
    }

    @Test
    void encryptionIsRefusedAndRecorded() throws IOException {
        try (Socket client = connect()) {
            send(client, startup(80877104));
            assertThat(receive(client, 1)).isEqualTo(bytes("N"));
            send(client, startup(80877103));
            assertThat(receive(client, 1)).isEqualTo(bytes("N"));
            for (byte b : startupOfAlice()) {
                send(client, new byte[] {b});
            }
            try (Socket server = accept()) {
                assertThat(receive(server, startupOfAlice().length)).isEqualTo(startupOfAlice());
                server.shutdownOutput();
                assertThat(client.getInputStream().read()).isEqualTo(-1);
            }
        }
        awaitEnd(1);
        RecordedSession session = Recordings.of(journal).sessions().get(0);
        assertThat(session.bytesRead()).isEqualTo(2);
        assertThat(session.bytesWritten()).isEqualTo(16 + startupOfAlice().length);
    }

    @Test
    void aCancelRequestBehindARefusalOfEncryptionReachesTheServer() throws IOException {
        byte[] cancel = startup(80877102, int4(4711), int4(0x5ec2e700));
        try (Socket client = connect()) {
            send(client, startupOfAlice());
            try (Socket server = accept()) {
                receive(server, startupOfAlice().length);
                send(server, greeting());
                receive(client, greeting().length);
                try (Socket canceller = connect()) {
                    send(canceller, startup(80877103));
                    assertThat(receive(canceller, 1)).isEqualTo(bytes("N"));
                    send(canceller, cancel);
                    try (Socket other = accept()) {
                        assertThat(receive(other, cancel.length)).isEqualTo(cancel);
                    }
                    assertThat(canceller.getInputStream().read()).isEqualTo(-1);
                }
                assertThat(awaitEnd(2).by()).isEqualTo(By.PROXY);
            }
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
        awaitEnd(1);
        RecordedSession session = Recordings.of(journal).sessions().get(0);
        assertThat(session.connections()).hasSize(2);
        assertThat(session.connections().get(1).bytesWritten()).isEqualTo(cancel.length);
    }

    @Test
    void aClientThatLeavesBeforeItSaysAnythingIsNoSession() throws IOException {
        connect().close();
        try (Socket client = connect()) {
            send(client, startupOfAlice());
            accept().close();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
        awaitEnd(1);
        assertThat(Recordings.of(journal).sessions()).hasSize(1);
    }

    @Test
    void aHalfCloseIsPassedOnAndTheOtherHalfStaysOpen() throws IOException {
        try (Socket client = connect()) {
            send(client, startupOfAlice());
            client.shutdownOutput();
            try (Socket server = accept()) {
                assertThat(server.getInputStream().readAllBytes()).isEqualTo(startupOfAlice());
                send(server, greeting());
            }
            assertThat(client.getInputStream().readAllBytes()).isEqualTo(greeting());
        }
        SessionClosed end = awaitEnd(1);
        assertThat(end.how()).isEqualTo(EndKind.FIN);
        assertThat(end.by()).isEqualTo(By.CLIENT);
    }

    @Test
    void aResetOfTheServerIsAResetForTheClient() throws IOException {
        try (Socket client = connect()) {
            send(client, startupOfAlice());
            try (Socket server = accept()) {
                receive(server, startupOfAlice().length);
                send(server, greeting());
                assertThat(receive(client, greeting().length)).isEqualTo(greeting());
                server.setSoLinger(true, 0);
            }
            InputStream in = client.getInputStream();
            assertThatThrownBy(in::read).isInstanceOf(SocketException.class).hasMessageContaining("reset");
        }
        SessionClosed end = awaitEnd(1);
        assertThat(end.how()).isEqualTo(EndKind.RESET);
        assertThat(end.by()).isEqualTo(By.SERVER);
    }

    @Test
    void aResetOfTheClientIsAResetForTheServer() throws IOException {
        Socket client = connect();
        send(client, startupOfAlice());
        try (Socket server = accept()) {
            receive(server, startupOfAlice().length);
            client.setSoLinger(true, 0);
            client.close();
            InputStream in = server.getInputStream();
            assertThatThrownBy(in::read).isInstanceOf(SocketException.class).hasMessageContaining("reset");
        }
        SessionClosed end = awaitEnd(1);
        assertThat(end.how()).isEqualTo(EndKind.RESET);
        assertThat(end.by()).isEqualTo(By.CLIENT);
    }

    @Test
    void aServerThatSaysItsLastWordsIsHeardToTheEnd() throws IOException {
        byte[] words = new byte[2_000_000];
        new Random(3).nextBytes(words);
        try (Socket client = connect()) {
            send(client, startupOfAlice());
            Thread speaker = new Thread(() -> {
                try (Socket server = accept()) {
                    receive(server, startupOfAlice().length);
                    send(server, words);
                } catch (IOException e) {
                    problems.add(e.toString());
                }
            });
            speaker.start();
            assertThat(client.getInputStream().readAllBytes()).isEqualTo(words);
        }
        assertThat(awaitEnd(1).by()).isEqualTo(By.SERVER);
    }

    @Test
    void aClientThatDoesNotReadStopsTheServer() throws IOException {
        try (Socket client = new Socket()) {
            client.setReceiveBufferSize(16 * 1024);
            client.connect(proxy.address(), WAIT_MILLIS);
            client.setSoTimeout(WAIT_MILLIS);
            send(client, startupOfAlice());
            try (Socket server = accept()) {
                receive(server, startupOfAlice().length);
                assertThat(bytesTakenBeforeItStalls(server)).isLessThan(64L << 20);
            }
        }
    }

    @Test
    void aServerThatDoesNotReadStopsTheClient() throws IOException {
        try (Socket client = connect()) {
            send(client, startupOfAlice());
            try (Socket server = accept()) {
                receive(server, startupOfAlice().length);
                assertThat(bytesTakenBeforeItStalls(client)).isLessThan(64L << 20);
            }
        }
    }

    @Test
    void whatAPeerHasSeenIsInTheJournal() throws IOException {
        try (Socket client = connect()) {
            send(client, startupOfAlice());
            try (Socket server = accept()) {
                byte[] seen = receive(server, startupOfAlice().length);
                assertThat(recorded(seen.length)).isEqualTo(seen);
                for (int i = 0; i < 200; i++) {
                    send(client, int4(i));
                    receive(server, 4);
                    assertThat(Recordings.of(journal).sessions().get(0).bytesWritten())
                            .isEqualTo(seen.length + 4L * (i + 1));
                }
            }
        }
    }

    private byte[] recorded(int count) {
        ByteBuffer all = ByteBuffer.allocate(count);
        for (SessionEvent event : Recordings.of(journal).sessions().get(0).events()) {
            if (event instanceof Chunk chunk) {
                all.put(chunk.bytes().toArray());
            }
        }
        return all.array();
    }
}
