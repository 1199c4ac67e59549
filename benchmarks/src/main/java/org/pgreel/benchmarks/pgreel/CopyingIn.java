package org.pgreel.benchmarks.pgreel;

import org.pgreel.benchmarks.peer.Items;
import org.pgreel.benchmarks.peer.Round;
import org.pgreel.benchmarks.peer.Target;
import org.pgreel.benchmarks.peer.Work;
import org.pgreel.client.Session;

/** COPY FROM STDIN of text that is ready. */
final class CopyingIn implements Work {

    private final Session session;
    private final byte[] text;

    CopyingIn(Session session, Target target) {
        this.session = session;
        this.text = Items.copyText(target);
    }

    @Override
    public long run(Round round) throws Exception {
        long copied = 0;
        for (int i = 0; i < round.repeats(); i++) {
            copied += PgReelPeer.await(session.copyIn(Items.COPY_IN, text))
                    .rowCount()
                    .orElseThrow();
        }
        return copied;
    }

    @Override
    public void close() throws Exception {
        PgReelPeer.close(session);
    }
}
