package org.pgreel.benchmarks.pgreel;

import java.util.zip.CRC32C;
import org.pgreel.benchmarks.peer.Items;
import org.pgreel.benchmarks.peer.Round;
import org.pgreel.benchmarks.peer.Work;
import org.pgreel.client.Session;

/** COPY TO STDOUT, every byte read, on the event loop. */
final class CopyingOut implements Work {

    private static final int LINE_MAX = 1 << 10;

    private final Session session;
    private final byte[] line = new byte[LINE_MAX];

    CopyingOut(Session session) {
        this.session = session;
    }

    @Override
    public long run(Round round) throws Exception {
        long sum = 0;
        for (int i = 0; i < round.repeats(); i++) {
            CRC32C text = new CRC32C();
            PgReelPeer.await(session.copyOut(Items.COPY_OUT, data -> {
                        data.copyTo(line, 0);
                        text.update(line, 0, data.length());
                    })
                    .done());
            sum += text.getValue();
        }
        return sum;
    }

    @Override
    public void close() throws Exception {
        PgReelPeer.close(session);
    }
}
