package org.pgreel.benchmarks.pgreel;

import java.util.zip.CRC32C;
import org.pgreel.benchmarks.peer.Items;
import org.pgreel.benchmarks.peer.Round;
import org.pgreel.benchmarks.peer.Work;
import org.pgreel.client.CopyReceiver;
import org.pgreel.client.Session;
import org.pgreel.protocol.wire.Bytes;

/** COPY TO STDOUT, every byte read, on the event loop. */
final class CopyingOut implements Work {

    private final Session session;

    CopyingOut(Session session) {
        this.session = session;
    }

    @Override
    public long run(Round round) throws Exception {
        long sum = 0;
        for (int i = 0; i < round.repeats(); i++) {
            Summing text = new Summing();
            PgReelPeer.await(session.copyOut(Items.COPY_OUT, text).done());
            sum += text.crc.getValue();
        }
        return sum;
    }

    @Override
    public void close() throws Exception {
        PgReelPeer.close(session);
    }

    /** Reads each line where it lies. */
    private static final class Summing implements CopyReceiver {
        private final CRC32C crc = new CRC32C();

        @Override
        public void data(Bytes data) {
            data(data.toArray(), 0, data.length());
        }

        @Override
        public void data(byte[] buffer, int from, int to) {
            crc.update(buffer, from, to - from);
        }
    }
}
