package org.pgreel.recorder.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgreel.recorder.Conversations.greeting;
import static org.pgreel.recorder.Conversations.join;
import static org.pgreel.recorder.Conversations.startupOfAlice;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.recorder.event.Chunk;
import org.pgreel.recorder.event.MaskedSpan;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.Recordings;

/** Nothing that either side says, however wrong, stops or alters what is passed on and recorded. */
class GarbageTest extends ProxyBetweenSockets {

    private static final int BYTES = 400_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void bothSidesTalkNonsenseAtOnce(long seed) throws Exception {
        byte[] ofClient = nonsense(seed);
        byte[] ofServer = nonsense(-seed);
        try (Socket client = connect()) {
            send(client, startupOfAlice());
            try (Socket server = accept()) {
                receive(server, startupOfAlice().length);
                send(server, greeting());
                receive(client, greeting().length);
                CompletableFuture<byte[]> atServer = said(client, ofClient, server);
                CompletableFuture<byte[]> atClient = said(server, ofServer, client);
                assertThat(atServer.get(WAIT_MILLIS, TimeUnit.MILLISECONDS)).isEqualTo(ofClient);
                assertThat(atClient.get(WAIT_MILLIS, TimeUnit.MILLISECONDS)).isEqualTo(ofServer);
            }
        }
        awaitEnd(1);
        RecordedSession session = Recordings.of(journal).sessions().get(0);
        assertRecorded(session, Direction.FRONTEND, join(startupOfAlice(), ofClient));
        assertRecorded(session, Direction.BACKEND, join(greeting(), ofServer));
        assertThat(Recordings.of(journal).verification().complete()).isTrue();
        assertThat(problems).isEmpty();
    }

    /** Bytes that look like messages now and then: known types, lengths that are right, negative or far too great. */
    private static byte[] nonsense(long seed) {
        Random random = new Random(seed);
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        byte[] types = {'Q', 'P', 'D', 'Z', 'd', 'R', 'E', 'X', 'p', 'v'};
        for (int i = 0; i < BYTES - 5; i += 1 + random.nextInt(4_000)) {
            bytes[i] = types[random.nextInt(types.length)];
            bytes[i + 1] = (byte) (random.nextInt(4) == 0 ? 0xff : 0);
            bytes[i + 2] = (byte) random.nextInt(3);
        }
        return bytes;
    }

    private static CompletableFuture<byte[]> said(Socket from, byte[] bytes, Socket to) {
        CompletableFuture.runAsync(() -> {
            try {
                send(from, bytes);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        return CompletableFuture.supplyAsync(() -> {
            try {
                return receive(to, bytes.length);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    /** What looks like a login is masked, whoever says it; all else is recorded as it is. */
    private static void assertRecorded(RecordedSession session, Direction direction, byte[] said) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] expected = said.clone();
        for (SessionEvent event : session.events()) {
            if (event instanceof Chunk chunk && chunk.direction() == direction) {
                byte[] bytes = chunk.bytes().toArray();
                for (MaskedSpan span : chunk.masked()) {
                    System.arraycopy(bytes, span.offset(), expected, all.size() + span.offset(), span.length());
                }
                all.writeBytes(bytes);
            }
        }
        assertThat(all.toByteArray()).isEqualTo(expected);
    }
}
