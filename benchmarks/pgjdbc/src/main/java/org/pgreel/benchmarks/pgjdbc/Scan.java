package org.pgreel.benchmarks.pgjdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import org.pgreel.benchmarks.peer.Checksum;
import org.pgreel.benchmarks.peer.Items;
import org.pgreel.benchmarks.peer.Round;
import org.pgreel.benchmarks.peer.Work;

/** All rows of the large table, whole or by a cursor, for which pgjdbc needs a transaction. */
final class Scan implements Work {

    private final Connection connection;
    private final PreparedStatement statement;

    Scan(Connection connection, int fetch) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(fetch == 0);
        this.statement = connection.prepareStatement(Items.SCAN);
        statement.setFetchSize(fetch);
    }

    @Override
    public long run(Round round) throws SQLException {
        long sum = 0;
        for (int i = 0; i < round.repeats(); i++) {
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    sum += Checksum.of(
                            rows.getInt(1),
                            rows.getLong(2),
                            rows.getString(3),
                            rows.getDouble(4),
                            Items.micros(rows.getObject(5, OffsetDateTime.class).toInstant()));
                }
            }
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        }
        return sum;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
