import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.pgreel.PgClient;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.ParameterizedQuery;
import org.pgreel.client.RowReceiver;
import org.pgreel.client.RowStream;
import org.pgreel.client.RowView;
import org.pgreel.client.Session;
import org.pgreel.client.SessionStatusNotify;

/** Rows in windows: the server stops behind each until the next is asked for. Arguments: host, port, user, password, database. */
public final class StreamRows {

    private StreamRows() {}

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
            ParameterizedQuery query = ParameterizedQuery.of("SELECT n FROM generate_series(1, 5) n", List.of());
            CompletableFuture<RowStream> begun = new CompletableFuture<>();
            RowStream stream = session.stream(query, 2, new RowReceiver() {
                @Override
                public void row(RowView row) {
                    System.out.println(row.text(0));
                }

                @Override
                public void suspended() {
                    System.out.println("next window");
                    begun.thenAccept(RowStream::fetch);
                }
            });
            begun.complete(stream);
            System.out.println(stream.done().get().commandTag());
        }
    }
}
// prints: 1
// prints: 2
// prints: next window
// prints: 3
// prints: 4
// prints: next window
// prints: 5
// prints: SELECT 1
