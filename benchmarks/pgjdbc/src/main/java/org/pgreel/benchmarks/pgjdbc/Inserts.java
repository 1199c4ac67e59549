package org.pgreel.benchmarks.pgjdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.pgreel.benchmarks.peer.Items;
import org.pgreel.benchmarks.peer.Round;
import org.pgreel.benchmarks.peer.Work;
import org.pgreel.benchmarks.peer.Workload;

/** Batches of inserts, each its own transaction. */
final class Inserts implements Work {

    private final Connection connection;
    private final PreparedStatement statement;

    Inserts(Connection connection) throws SQLException {
        this.connection = connection;
        this.statement = connection.prepareStatement(Items.INSERT.replaceAll("\\$\\d", "?"));
    }

    @Override
    public long run(Round round) throws SQLException {
        long inserted = 0;
        for (int batch = 0; batch < round.repeats(); batch++) {
            for (int i = 1; i <= Workload.BATCH; i++) {
                statement.setInt(1, i);
                statement.setLong(2, Items.amount(i));
                statement.setString(3, Items.name(i));
                statement.addBatch();
            }
            for (int count : statement.executeBatch()) {
                inserted += count == PreparedStatement.SUCCESS_NO_INFO ? 1 : count;
            }
        }
        return inserted;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
