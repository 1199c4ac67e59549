import java.util.List;
import org.pgreel.PgClient;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.Parameter;
import org.pgreel.client.Session;
import org.pgreel.client.SessionStatusNotify;

/**
 * A query that is used again is prepared by the client itself, and prepared anew when its table changed. Arguments: host,
 * port, user, password, database.
 */
public final class StatementCache {

    private StatementCache() {}

    public static void main(String[] arguments) throws Exception {
        ConnectOptions options = ConnectOptions.builder()
                .host(arguments[0])
                .port(Integer.parseInt(arguments[1]))
                .user(arguments[2])
                .password(arguments[3])
                .database(arguments[4])
                .statementCacheSize(100)
                .build();
        try (PgClient client = PgClient.create();
                Session session = client.connect(options, new SessionStatusNotify() {})) {
            session.query("CREATE TEMPORARY TABLE animals AS SELECT 1 AS id, 'elephant' AS name").get();
            List<Parameter> one = List.of(Parameter.text("1"));

            for (int use = 1; use <= 3; use++) {
                session.query("SELECT * FROM animals WHERE id = $1", one).get();
            }
            var prepared = session.query("SELECT statement FROM pg_prepared_statements").get();
            System.out.println("prepared: " + prepared.only().onlyRow().text(0));

            session.query("ALTER TABLE animals ADD COLUMN legs int DEFAULT 4").get();
            var row = session.query("SELECT * FROM animals WHERE id = $1", one).get().onlyRow();
            System.out.println(row.text("name") + " has " + row.text("legs") + " legs");
        }
    }
}
// prints: prepared: SELECT * FROM animals WHERE id = $1
// prints: elephant has 4 legs
