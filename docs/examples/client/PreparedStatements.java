import java.util.List;
import org.pgreel.PgClient;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.Parameter;
import org.pgreel.client.Session;
import org.pgreel.client.SessionStatusNotify;
import org.pgreel.client.StatementDescription;

/** A statement is prepared once, executed twice, and closed. Arguments: host, port, user, password, database. */
public final class PreparedStatements {

    private PreparedStatements() {}

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
            StatementDescription add =
                    session.prepare("add", "SELECT $1::int + $2::int AS sum").get();
            System.out.println("parameters of types " + add.parameterTypes());

            for (String second : List.of("1", "2")) {
                var result = session.execute("add", List.of(Parameter.text("40"), Parameter.text(second)))
                        .get();
                System.out.println(result.onlyRow().text("sum"));
            }

            session.closeStatement("add").get();
        }
    }
}
// prints: parameters of types [23, 23]
// prints: 41
// prints: 42
