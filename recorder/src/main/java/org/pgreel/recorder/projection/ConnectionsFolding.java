package org.pgreel.recorder.projection;

import java.io.IOException;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.index.SessionFacts;
import org.pgreel.recorder.index.SessionFolding;

/** What an index keeps of a session: where its connections stand, every so often. Confined to one thread. */
public final class ConnectionsFolding implements SessionFolding {

    /** Makes such foldings. */
    public static final Maker MAKER = new Maker() {

        @Override
        public SessionFolding begin() {
            return new ConnectionsFolding(new Fold<>(new ConnectionsProjection()));
        }

        @Override
        public SessionFolding resume(byte[] snapshot, SessionFacts facts) throws IOException {
            return new ConnectionsFolding(
                    new Fold<>(new ConnectionsProjection(), Long.MAX_VALUE, SnapshotCodec.decode(snapshot)));
        }
    };

    private final Fold<Connections> fold;

    private ConnectionsFolding(Fold<Connections> fold) {
        this.fold = fold;
    }

    @Override
    public void accept(SessionEvent event) {
        fold.accept(event);
    }

    @Override
    public SessionFacts facts() {
        Counts counts = fold.state().counts();
        for (ConnectionState connection : fold.state().byOrdinal().values()) {
            ConnectionFacts facts = connection.facts();
            if (!facts.user().isEmpty()) {
                return new SessionFacts(facts.user(), facts.database(), counts.statements(), counts.messages());
            }
        }
        return new SessionFacts("", "", counts.statements(), counts.messages());
    }

    @Override
    public byte[] snapshot() {
        return SnapshotCodec.encode(fold.snapshot());
    }
}
