package org.pgreel.benchmarks.r2dbc;

import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.spi.Row;
import java.time.OffsetDateTime;
import org.pgreel.benchmarks.peer.Checksum;
import org.pgreel.benchmarks.peer.Items;
import org.pgreel.benchmarks.peer.Round;
import org.pgreel.benchmarks.peer.Work;

/** All rows of the large table, whole: a row of R2DBC lives only inside its callback, so objects are made of them. */
final class Scan implements Work {

    private final PostgresqlConnection connection;

    Scan(PostgresqlConnection connection) {
        this.connection = connection;
    }

    /** A row that is kept. */
    record Item(int id, long amount, String name, double ratio, OffsetDateTime moment) {
        static Item of(Row row, Object unused) {
            return new Item(
                    row.get(0, Integer.class),
                    row.get(1, Long.class),
                    row.get(2, String.class),
                    row.get(3, Double.class),
                    row.get(4, OffsetDateTime.class));
        }

        long checksum() {
            return Checksum.of(id, amount, name, ratio, Items.micros(moment.toInstant()));
        }
    }

    @Override
    public long run(Round round) {
        long sum = 0;
        for (int i = 0; i < round.repeats(); i++) {
            Iterable<Item> items = R2dbcPeer.await(connection
                    .createStatement(Items.SCAN)
                    .execute()
                    .flatMap(result -> result.map(Item::of))
                    .collectList());
            for (Item item : items) {
                sum += item.checksum();
            }
        }
        return sum;
    }

    @Override
    public void close() {
        R2dbcPeer.done(connection.close());
    }
}
