import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.pgreel.PgClient;
import org.pgreel.client.CancelOutcome;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.QueryResults;
import org.pgreel.client.ServerErrorException;
import org.pgreel.client.Session;

/**
 * A query is cancelled while it runs; the session goes on.
 *
 * <pre>
 * java -cp CLASSPATH CancelQuery.java HOST PORT USER PASSWORD DATABASE
 * </pre>
 */
public final class CancelQuery {
    private CancelQuery() {}

    public static void main(String[] arguments) throws Exception {
        ConnectOptions options = ConnectOptions.builder()
                .host(arguments[0])
                .port(Integer.parseInt(arguments[1]))
                .user(arguments[2])
                .password(arguments[3])
                .database(arguments[4])
                .build();
        try (PgClient client = PgClient.create();
                Session session = client.connect(options)) {
            session.ready().get();
            CompletableFuture<QueryResults> slow = session.query("SELECT pg_sleep(60)");
            while (!slow.isDone()) {
                // A request that reaches the server before the query does has no effect, and nobody is told so.
                CancelOutcome outcome = session.cancel().get();
                if (outcome instanceof CancelOutcome.Failed failed) {
                    throw new IllegalStateException(failed.sentence(), failed.cause());
                }
            }
            try {
                slow.get();
            } catch (ExecutionException e) {
                System.out.println("the query ended with " + ((ServerErrorException) e.getCause()).sqlState());
            }
            System.out.println("next: "
                    + session.query("SELECT 'alive'").get().results().get(0).onlyRow().text(0));
        }
    }
}
// prints: the query ended with 57014
// prints: next: alive
