import java.util.concurrent.atomic.AtomicLong;
import org.pgreel.PgClient;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.QueryResults;
import org.pgreel.client.Session;
import org.pgreel.client.SessionStatusNotify;

/** Rows are given as they come, by one view for all of them; nothing is collected. Arguments: host, port, user, password, database. */
public final class ReceiveRows {

    private ReceiveRows() {}

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
            AtomicLong characters = new AtomicLong();
            QueryResults results = session.query(
                            "SELECT repeat('x', n) FROM generate_series(1, 1000) n",
                            row -> characters.addAndGet(row.length(0)))
                    .get();
            System.out.println(characters + " characters");
            System.out.println(results.results().get(0).rows().size() + " rows collected");
        }
    }
}
// prints: 500500 characters
// prints: 0 rows collected
