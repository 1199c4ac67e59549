import org.pgreel.PgClient;
import org.pgreel.client.BatchResult;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.Session;
import org.pgreel.client.SessionStatusNotify;
import org.pgreel.client.StatementBatch;

/** One INSERT for many rows of parameters, all of them or none. Arguments: host, port, user, password, database. */
public final class InsertRows {

    private InsertRows() {}

    public static void main(String[] arguments) throws Exception {
        ConnectOptions options = ConnectOptions.builder()
                .host(arguments[0])
                .port(Integer.parseInt(arguments[1]))
                .user(arguments[2])
                .password(arguments[3])
                .database(arguments[4])
                .build();
        try (PgClient client = PgClient.create();
                Session session = client.connect(options, new SessionStatusNotify() {})) {
            session.query("CREATE TEMPORARY TABLE part (id int PRIMARY KEY, name text)").get();
            StatementBatch batch = StatementBatch.of("INSERT INTO part (id, name) VALUES ($1, $2)");
            for (int id = 1; id <= 1000; id++) {
                batch.add(id).add("part " + id).endRow();
            }
            BatchResult inserted = session.execute(batch).get();
            System.out.println(inserted);

            batch.clear();
            batch.add(1001).add("new").endRow().add(7).add("there already").endRow();
            session.execute(batch)
                    .exceptionally(failure -> {
                        System.out.println(failure.getMessage().split(" failed")[0]);
                        return null;
                    })
                    .get();
        }
    }
}
// prints: batch of 1000 rows, 1000 touched
// prints: rolled back, because statement 1 of the same batch
