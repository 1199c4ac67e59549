package org.pgreel.recorder.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.journal.JournalDamagedException;
import org.pgreel.recorder.projection.Connections;
import org.pgreel.recorder.projection.ConnectionsProjection;
import org.pgreel.recorder.projection.Fold;
import org.pgreel.recorder.projection.SnapshotCodec;
import org.pgreel.recorder.projection.TranscriptProjection;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.Recording;
import org.pgreel.recorder.recording.SessionSummary;

/** Tells whether two ways of reading a recording come to the same. */
final class SameRecordings {

    private SameRecordings() {}

    static void assertSame(Recording indexed, Recording whole) throws IOException {
        assertThat(indexed.verification()).isEqualTo(whole.verification());
        assertThat(indexed.sessions()).hasSameSizeAs(whole.sessions());
        for (int i = 0; i < whole.sessions().size(); i++) {
            RecordedSession one = indexed.sessions().get(i);
            RecordedSession other = whole.sessions().get(i);
            assertThat(SessionSummary.of(one)).isEqualTo(SessionSummary.of(other));
            assertThat(one.opened()).isEqualTo(other.opened());
            assertThat(one.closed()).isEqualTo(other.closed());
            assertThat(checksum(one.events())).isEqualTo(checksum(other.events()));
        }
    }

    private static List<Long> checksum(Iterable<SessionEvent> events) {
        var checksum = new CRC32C();
        long count = 0;
        try {
            for (SessionEvent event : events) {
                checksum.update(event.toString().getBytes(StandardCharsets.UTF_8));
                count++;
            }
        } catch (JournalDamagedException e) {
            checksum.update(String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8));
        }
        return List.of(count, checksum.getValue());
    }

    static Bytes state(RecordedSession session, long message) {
        Fold<Connections> fold = Fold.ofConnections(session, message, damage -> {});
        assertThat(fold.reached()).isTrue();
        var none = new Fold<>(new ConnectionsProjection()).snapshot().messages();
        return Bytes.wrap(SnapshotCodec.encode(new Fold.Snapshot<>(0, none, fold.state())));
    }

    static String transcript(RecordedSession session, long message) {
        var text = new StringBuilder();
        TranscriptProjection.write(
                session, text, new TranscriptProjection.Detail(true, true, Math.max(1, message - 3), message));
        return text.toString();
    }
}
