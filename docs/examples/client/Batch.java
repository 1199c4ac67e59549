import java.util.List;
import org.pgreel.PgClient;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.Parameter;
import org.pgreel.client.ParameterizedQuery;
import org.pgreel.client.PipelineOutcome;
import org.pgreel.client.PipelineSync;
import org.pgreel.client.Session;
import org.pgreel.client.SessionStatusNotify;

/**
 * Statements with one Sync behind all are one transaction: when one fails, none of them happened. Arguments: host, port,
 * user, password, database.
 */
public final class Batch {

    private Batch() {}

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
            session.query("CREATE TEMPORARY TABLE seats (number int PRIMARY KEY)").get();

            var batch = List.of(seat(1), seat(2), seat(1), seat(3));
            for (PipelineOutcome outcome : session.pipeline(batch, PipelineSync.BATCH).get()) {
                System.out.println(
                        outcome instanceof PipelineOutcome.Failed failed
                                ? failed.failure().kind() + ", may have executed: " + failed.failure().mayHaveExecuted()
                                : outcome.orThrow().commandTag());
            }

            var taken = session.query("SELECT count(*) FROM seats").get();
            System.out.println(taken.only().onlyRow().text(0) + " seats taken");
        }
    }

    private static ParameterizedQuery seat(int number) {
        return ParameterizedQuery.of(
                "INSERT INTO seats VALUES ($1)", List.of(Parameter.text(Integer.toString(number))));
    }
}
// prints: RolledBack, may have executed: false
// prints: RolledBack, may have executed: false
// prints: ServerError, may have executed: false
// prints: NotExecuted, may have executed: false
// prints: 0 seats taken
