import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.pgreel.PgClient;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.OperationTimedOutException;
import org.pgreel.client.Session;

/**
 * A query has a time limit of its own: it is cancelled when that is over, and the session goes on.
 *
 * <pre>
 * java -cp CLASSPATH LimitTime.java HOST PORT USER PASSWORD DATABASE
 * </pre>
 */
public final class LimitTime {
    private LimitTime() {}

    public static void main(String[] arguments) throws Exception {
        ConnectOptions options = ConnectOptions.builder()
                .host(arguments[0])
                .port(Integer.parseInt(arguments[1]))
                .user(arguments[2])
                .password(arguments[3])
                .database(arguments[4])
                // How long the server may take to answer the cancel before the session is given up.
                .cancelGrace(Duration.ofSeconds(20))
                .build();
        try (PgClient client = PgClient.create();
                Session session = client.connect(options)) {
            Session hurried = session.within(Duration.ofSeconds(1));
            System.out.println("quick: "
                    + hurried.query("SELECT 'in time'").get().results().get(0).onlyRow().text(0));
            try {
                hurried.query("SELECT pg_sleep(60)").get();
            } catch (ExecutionException e) {
                OperationTimedOutException failure = (OperationTimedOutException) e.getCause();
                System.out.println("slow: " + failure.getMessage() + "; may have executed: " + failure.mayHaveExecuted());
            }
            System.out.println("next: "
                    + session.query("SELECT 'alive'").get().results().get(0).onlyRow().text(0));
        }
    }
}
// prints: quick: in time
// prints: slow: the operation took longer than 1000 ms (its time limit) and was cancelled; may have executed: false
// prints: next: alive
