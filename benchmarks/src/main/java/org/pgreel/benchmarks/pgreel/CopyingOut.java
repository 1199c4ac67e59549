package org.pgreel.benchmarks.pgreel;

import java.util.zip.CRC32C;
import org.pgreel.benchmarks.peer.Items;
import org.pgreel.benchmarks.peer.Round;
import org.pgreel.benchmarks.peer.Work;
import org.pgreel.client.Session;
import org.pgreel.protocol.wire.Bytes;

/** COPY TO STDOUT, every byte read. */
final class CopyingOut implements Work {

    private final Session session;

    CopyingOut(Session session) {
        this.session = session;
    }

    @Override
    public long run(Round round) throws Exception {
        long sum = 0;
        for (int i = 0; i < round.repeats(); i++) {
            CRC32C text = new CRC32C();
            for (Bytes line :
                    PgReelPeer.await(session.query(Items.COPY_OUT)).only().copyData()) {
                text.update(line.toArray());
            }
            sum += text.getValue();
        }
        return sum;
    }

    @Override
    public void close() throws Exception {
        PgReelPeer.close(session);
    }
}
