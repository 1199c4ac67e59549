import java.util.Arrays;
import org.pgreel.PgClient;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.CopyIn;
import org.pgreel.client.Session;
import org.pgreel.client.SessionStatusNotify;
import org.pgreel.client.copy.TextCopyWriter;

/** COPY to the server, piece by piece; the next piece is given when the transport would take it. Arguments: host, port, user, password, database. */
public final class CopyFromClient {

    private CopyFromClient() {}

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
            session.query("CREATE TEMPORARY TABLE notes (n int, note text)").get();
            CopyIn copy = session.copyIn("COPY notes FROM STDIN");
            TextCopyWriter rows = TextCopyWriter.text();
            for (int n = 1; n <= 10_000; n++) {
                rows.row(Arrays.asList(Integer.toString(n), n % 2 == 0 ? null : "tab\t, line\nand \\"));
                if (rows.length() > 32_768) {
                    copy.send(rows.take()).get();
                }
            }
            copy.send(rows.take()).get();
            System.out.println(copy.finish().get().commandTag());

            CopyIn second = session.copyIn("COPY notes FROM STDIN");
            second.send("1\tone\n".getBytes());
            second.abort("changed my mind").handle((result, failure) -> {
                System.out.println(failure.getMessage());
                return 0;
            }).get();
        }
    }
}
// prints: COPY 10000
// prints: ERROR 57014: COPY from stdin failed: changed my mind
