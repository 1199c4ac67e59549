import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.pgreel.PgClient;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.Parameter;
import org.pgreel.client.blocking.BlockingPool;
import org.pgreel.client.blocking.BlockingRows;
import org.pgreel.client.blocking.BlockingSession;
import org.pgreel.client.blocking.BlockingTransaction;
import org.pgreel.client.pool.PoolOptions;
import org.pgreel.client.pool.SessionPool;

/**
 * One step after the other, on a thread that waits: a virtual one, or any but an event loop.
 *
 * <pre>
 * java -cp CLASSPATH Blocking.java HOST PORT USER PASSWORD DATABASE
 * </pre>
 */
public final class Blocking {
    private Blocking() {}

    public static void main(String[] arguments) throws Exception {
        ConnectOptions options = ConnectOptions.builder()
                .host(arguments[0])
                .port(Integer.parseInt(arguments[1]))
                .user(arguments[2])
                .password(arguments[3])
                .database(arguments[4])
                .build();
        try (PgClient client = PgClient.create();
                SessionPool pool = client.pool(options, PoolOptions.defaults());
                BlockingSession session = BlockingPool.of(pool).acquire()) {
            session.query("CREATE TEMPORARY TABLE lines (n int, line text)");
            session.copyIn("COPY lines FROM STDIN", data -> {
                for (int n = 1; n <= 5000; n++) {
                    data.write((n + "\tline " + n + "\n").getBytes(StandardCharsets.UTF_8));
                }
            });

            try (BlockingTransaction transaction = session.begin()) {
                transaction.query("DELETE FROM lines WHERE n > $1", List.of(Parameter.text("4000")));
                transaction.commit();
            }

            long even = 0;
            try (BlockingRows rows = session.rows("SELECT n FROM lines", List.of())) {
                while (rows.hasNext()) {
                    even += Integer.parseInt(rows.next().text(0)) % 2 == 0 ? 1 : 0;
                }
            }
            System.out.println(even + " even lines");

            try (InputStream copy = session.copyOut("COPY (SELECT line FROM lines WHERE n = 7) TO STDOUT")) {
                System.out.print(new String(copy.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
    }
}
// prints: 2000 even lines
// prints: line 7
