package org.pgreel.benchmarks.pgjdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.zip.CRC32C;
import org.pgreel.benchmarks.peer.Items;
import org.pgreel.benchmarks.peer.Round;
import org.pgreel.benchmarks.peer.Work;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** COPY TO STDOUT, every byte read. */
final class CopyingOut implements Work {

    private final Connection connection;

    CopyingOut(Connection connection) {
        this.connection = connection;
    }

    @Override
    public long run(Round round) throws SQLException {
        long sum = 0;
        for (int i = 0; i < round.repeats(); i++) {
            CRC32C text = new CRC32C();
            CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(Items.COPY_OUT);
            for (byte[] line = copy.readFromCopy(); line != null; line = copy.readFromCopy()) {
                text.update(line);
            }
            sum += text.getValue();
        }
        return sum;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
