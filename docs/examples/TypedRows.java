import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.PgClient;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.Parameter;
import org.pgreel.client.ParameterizedQuery;
import org.pgreel.client.QueryResult;
import org.pgreel.client.RowMapper;
import org.pgreel.client.Session;
import org.pgreel.client.SessionStatusNotify;
import org.pgreel.type.Codec;
import org.pgreel.type.TypeRegistry;

/**
 * Rows as records, and a codec of one's own.
 *
 * <pre>
 * java -cp CLASSPATH TypedRows.java HOST PORT USER PASSWORD DATABASE
 * </pre>
 */
public final class TypedRows {
    private static final int NUMERIC = 1700;

    /** What numeric is to this program: another view of the codec that is there. */
    private static final TypeRegistry TYPES = TypeRegistry.builtIn()
            .with(NUMERIC, numbers().as(Euro.class, Euro::new, Euro::amount));

    record Euro(BigDecimal amount) {}

    /** The column owner_name fits ownerName; a List is an array; what may be NULL is no primitive. */
    record Account(int id, String ownerName, Euro balance, @Nullable Instant closedAt, List<String> tags) {}

    private TypedRows() {}

    private static Codec<BigDecimal> numbers() {
        return TypeRegistry.builtIn().codec(NUMERIC, BigDecimal.class);
    }

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
            session.query("CREATE TEMPORARY TABLE account"
                            + " (id int, owner_name text, balance numeric(12, 2), closed_at timestamptz, tags text[])")
                    .get();
            insert(session, new Account(1, "Ann", new Euro(new BigDecimal("12.50")), null, List.of("new", "a, b")));
            insert(session, new Account(2, "Bob", new Euro(new BigDecimal("0.10")), Instant.EPOCH, List.of()));
            QueryResult result = session.query(ParameterizedQuery.of(
                                    "SELECT * FROM account WHERE balance < $1 ORDER BY id",
                                    List.of(Parameter.of(new Euro(new BigDecimal("99")), TYPES)))
                            .withBinaryResults())
                    .get();
            RowMapper.of(Account.class).with(TYPES).map(result).forEach(System.out::println);
        }
    }

    private static void insert(Session session, Account account) throws Exception {
        session.query(
                        "INSERT INTO account VALUES ($1, $2, $3, $4, $5)",
                        List.of(
                                Parameter.of(account.id()),
                                Parameter.of(account.ownerName()),
                                Parameter.of(account.balance(), TYPES),
                                Parameter.of(account.closedAt()),
                                Parameter.of(account.tags())))
                .get();
    }
}
