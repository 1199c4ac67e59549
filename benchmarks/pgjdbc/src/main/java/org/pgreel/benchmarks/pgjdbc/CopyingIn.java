package org.pgreel.benchmarks.pgjdbc;

import java.sql.Connection;
import java.sql.SQLException;
import org.pgreel.benchmarks.peer.Items;
import org.pgreel.benchmarks.peer.Round;
import org.pgreel.benchmarks.peer.Target;
import org.pgreel.benchmarks.peer.Work;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** COPY FROM STDIN of text that is ready, in pieces of 64 KiB. */
final class CopyingIn implements Work {

    private static final int PIECE = 64 << 10;

    private final Connection connection;
    private final byte[] text;

    CopyingIn(Connection connection, Target target) {
        this.connection = connection;
        this.text = Items.copyText(target);
    }

    @Override
    public long run(Round round) throws SQLException {
        long copied = 0;
        for (int i = 0; i < round.repeats(); i++) {
            CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(Items.COPY_IN);
            for (int at = 0; at < text.length; at += PIECE) {
                copy.writeToCopy(text, at, Math.min(PIECE, text.length - at));
            }
            copied += copy.endCopy();
        }
        return copied;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
