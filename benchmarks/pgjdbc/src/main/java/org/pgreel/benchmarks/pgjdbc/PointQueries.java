package org.pgreel.benchmarks.pgjdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.pgreel.benchmarks.peer.Checksum;
import org.pgreel.benchmarks.peer.Items;
import org.pgreel.benchmarks.peer.Round;
import org.pgreel.benchmarks.peer.Work;

/** One row by its key, again and again. */
final class PointQueries implements Work {

    private final Connection connection;
    private final PreparedStatement statement;

    PointQueries(Connection connection) throws SQLException {
        this.connection = connection;
        this.statement = connection.prepareStatement(Items.POINT.replace("$1", "?"));
    }

    @Override
    public long run(Round round) throws SQLException {
        long sum = 0;
        for (int i = 0; i < round.repeats(); i++) {
            long begun = System.nanoTime();
            statement.setInt(1, round.key());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    sum += Checksum.of(rows.getInt(1), rows.getLong(2), rows.getString(3));
                }
            }
            round.took(System.nanoTime() - begun);
        }
        return sum;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
