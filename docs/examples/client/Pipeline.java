import java.util.ArrayList;
import java.util.List;
import org.pgreel.PgClient;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.Parameter;
import org.pgreel.client.ParameterizedQuery;
import org.pgreel.client.PgException;
import org.pgreel.client.PipelineReceiver;
import org.pgreel.client.PipelineSync;
import org.pgreel.client.QueryResult;
import org.pgreel.client.Session;
import org.pgreel.client.SessionStatusNotify;
import java.util.concurrent.CompletableFuture;

/**
 * Three statements leave in one write; the one that fails does not touch the others. Arguments: host, port, user, password,
 * database.
 */
public final class Pipeline {

    private Pipeline() {}

    public static void main(String[] arguments) throws Exception {
        ConnectOptions options = ConnectOptions.builder()
                .host(arguments[0])
                .port(Integer.parseInt(arguments[1]))
                .user(arguments[2])
                .password(arguments[3])
                .database(arguments[4])
                .build();
        List<ParameterizedQuery> queries = new ArrayList<>();
        for (String divisor : List.of("1", "0", "2")) {
            queries.add(ParameterizedQuery.of("SELECT 10 / $1::int", List.of(Parameter.text(divisor))));
        }
        try (PgClient client = PgClient.create();
                Session session = client.connect(options, new SessionStatusNotify() {})) {
            CompletableFuture<Void> over = new CompletableFuture<>();
            session.pipeline(queries, PipelineSync.EACH, new PipelineReceiver() {
                @Override
                public void result(int index, QueryResult result) {
                    System.out.println(index + ": " + result.onlyRow().text(0));
                }

                @Override
                public void failed(int index, PgException failure) {
                    System.out.println(index + ": " + failure.getMessage());
                }

                @Override
                public void complete() {
                    over.complete(null);
                }
            });
            over.get();
        }
    }
}
// prints: 0: 10
// prints: 1: ERROR 22012: division by zero
// prints: 2: 5
