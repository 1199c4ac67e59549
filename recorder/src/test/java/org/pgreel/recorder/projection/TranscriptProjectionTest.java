package org.pgreel.recorder.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgreel.protocol.message.AuthenticationOk;
import org.pgreel.protocol.message.BackendKeyData;
import org.pgreel.protocol.message.CommandComplete;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.message.Query;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.protocol.message.StartupMessage;
import org.pgreel.protocol.message.Terminate;
import org.pgreel.protocol.message.TransactionStatus;
import org.pgreel.protocol.transcript.TranscriptParser;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.protocol.wire.MessageWriter;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.event.Chunk;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.journal.InMemoryJournal;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.tap.By;
import org.pgreel.tap.CallbackKind;
import org.pgreel.tap.EndKind;
import org.pgreel.tap.SessionOpening;
import org.pgreel.tap.SessionTap;

class TranscriptProjectionTest {

    private static final int WHOLE = 1 << 20;

    private static final SessionOpening OPENING =
            new SessionOpening(SessionOpening.Role.CLIENT, "127.0.0.1:40000", "127.0.0.1:5432", Map.of());

    private final InMemoryJournal journal = new InMemoryJournal("run-1");

    @Test
    void aSessionReadsAsItWentOn() {
        String transcript = transcript(recorded(WHOLE), TranscriptProjection.Detail.PLAIN);

        assertThat(transcript.lines().filter(line -> !line.startsWith("#")))
                .containsExactly(
                        "F connect",
                        "@ pgSessionConnected",
                        "F StartupMessage 3.0 user=\"app\" database=\"shop\"",
                        "B AuthenticationOk",
                        "B BackendKeyData 4711 <secret:4>",
                        "B ReadyForQuery I",
                        "@ pgTransactionStatus I",
                        "F Query \"delete from orders\"",
                        "B CommandComplete \"DELETE 3\"",
                        "B ReadyForQuery I",
                        "note \"all orders are gone\"",
                        "F Terminate",
                        "F eof");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 4096})
    void theTranscriptWithChunksHoldsTheRecordedBytes(int chunkBytes) {
        RecordedSession session = recorded(chunkBytes);
        var detail = new TranscriptProjection.Detail(true, true, 1, Long.MAX_VALUE);

        var parsed = TranscriptParser.parse(transcript(session, detail));

        for (Direction direction : Direction.values()) {
            assertThat(parsed.bytes(direction)).isEqualTo(bytes(session, direction));
        }
        assertThat(parsed.lines().stream().filter(line -> line.toString().startsWith("|")))
                .hasSameSizeAs(chunks(session));
    }

    @Test
    void messagesAreShownFromOneNumberToAnother() {
        var detail = new TranscriptProjection.Detail(false, false, 5, 6);

        assertThat(transcript(recorded(WHOLE), detail).lines())
                .containsExactly(
                        "@ pgTransactionStatus I", "F Query \"delete from orders\"", "B CommandComplete \"DELETE 3\"");
    }

    private RecordedSession recorded(int chunkBytes) {
        SessionTap tap = new Recorder(journal).sessionOpened(OPENING);
        tap.connectionOpened(1);
        tap.callback(CallbackKind.CONNECTED, "");
        var startup = new LinkedHashMap<String, String>();
        startup.put("user", "app");
        startup.put("database", "shop");
        frontend(tap, chunkBytes, StartupMessage.of(StartupMessage.VERSION_3_0, startup));
        backend(
                tap,
                chunkBytes,
                new AuthenticationOk(),
                new BackendKeyData(4711, Bytes.ofHex("00c0ffee")),
                new ReadyForQuery(TransactionStatus.IDLE));
        tap.callback(CallbackKind.TRANSACTION_STATUS, "I");
        frontend(tap, chunkBytes, new Query("delete from orders"));
        backend(tap, chunkBytes, new CommandComplete("DELETE 3"), new ReadyForQuery(TransactionStatus.IDLE));
        tap.marker("all orders are gone");
        frontend(tap, chunkBytes, new Terminate());
        tap.connectionClosed(1, EndKind.FIN, By.CLIENT);
        tap.closed(By.CLIENT, EndKind.FIN);
        return Recordings.of(journal).sessions().get(0);
    }

    private static void frontend(SessionTap tap, int chunkBytes, Message... messages) {
        byte[] bytes = encoded(messages);
        for (int from = 0; from < bytes.length; from += chunkBytes) {
            tap.written(1, bytes, from, Math.min(bytes.length, from + chunkBytes));
        }
    }

    private static void backend(SessionTap tap, int chunkBytes, Message... messages) {
        byte[] bytes = encoded(messages);
        for (int from = 0; from < bytes.length; from += chunkBytes) {
            tap.read(1, bytes, from, Math.min(bytes.length, from + chunkBytes));
        }
    }

    private static byte[] encoded(Message... messages) {
        var out = new MessageWriter();
        for (Message message : messages) {
            message.encode(out);
        }
        return out.toBytes().toArray();
    }

    private static String transcript(RecordedSession session, TranscriptProjection.Detail detail) {
        var text = new StringBuilder();
        var projection = new TranscriptProjection(text, detail);
        for (SessionEvent event : session.events()) {
            event.dispatch(projection);
        }
        return text.toString();
    }

    private static List<Chunk> chunks(RecordedSession session) {
        var chunks = new ArrayList<Chunk>();
        for (SessionEvent event : session.events()) {
            if (event instanceof Chunk chunk) {
                chunks.add(chunk);
            }
        }
        return chunks;
    }

    private static Bytes bytes(RecordedSession session, Direction direction) {
        var bytes = new ByteArrayOutputStream();
        for (Chunk chunk : chunks(session)) {
            if (chunk.direction() == direction) {
                bytes.writeBytes(chunk.bytes().toArray());
            }
        }
        return Bytes.copyOf(bytes.toByteArray());
    }
}
