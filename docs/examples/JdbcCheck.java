import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.PGConnection;

/**
 * A client for {@code pgreel check} on the PostgreSQL JDBC driver: it asks what it is told, prints the answers, and ends
 * with 1 if the last statement failed.
 *
 * <pre>
 * pgreel check -- java -cp postgresql.jar JdbcCheck.java {jdbc-url} {password} {sql}
 * pgreel check --driver -- java -cp postgresql.jar JdbcCheck.java --driver
 * </pre>
 */
public final class JdbcCheck {
    private final PrintStream out;
    private final PrintStream err;

    private JdbcCheck(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length == 1 && arguments[0].equals("--driver")) {
            drive();
        } else {
            List<String> statements = List.of(arguments).subList(2, arguments.length);
            System.exit(new JdbcCheck(System.out, System.err).run(arguments[0], arguments[1], statements));
        }
    }

    /** One line of JSON a run on standard input, one line of JSON for what came of it on standard output. */
    private static void drive() throws IOException {
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            var out = new ByteArrayOutputStream();
            var err = new ByteArrayOutputStream();
            int exit;
            try (var outPrinter = new PrintStream(out, true, StandardCharsets.UTF_8);
                    var errPrinter = new PrintStream(err, true, StandardCharsets.UTF_8)) {
                exit = guarded(line, outPrinter, errPrinter);
            }
            System.out.println("{\"name\":" + quoted(text(line, "name")) + ",\"exit\":" + exit + ",\"stdout\":"
                    + quoted(out.toString(StandardCharsets.UTF_8)) + ",\"stderr\":"
                    + quoted(err.toString(StandardCharsets.UTF_8)) + "}");
        }
    }

    /** What would have ended a program of its own is told as the virtual machine would tell it. */
    private static int guarded(String line, PrintStream out, PrintStream err) {
        try {
            return new JdbcCheck(out, err)
                    .run(text(line, "jdbcUrl"), text(line, "password"), texts(line, "statements"));
        } catch (RuntimeException | Error uncaught) {
            err.print("Exception in thread \"main\" ");
            uncaught.printStackTrace(err);
            return 1;
        }
    }

    private int run(String url, String password, List<String> statements) {
        int status = 0;
        try (Connection connection = DriverManager.getConnection(url + "&password=" + password)) {
            for (String statement : statements) {
                status = ask(connection, statement);
            }
        } catch (SQLException failed) {
            tell(failed);
            return 1;
        }
        return status;
    }

    private int ask(Connection connection, String sql) {
        try {
            if (sql.toLowerCase(Locale.ROOT).startsWith("copy ") && sql.indexOf(';') < 0) {
                copy(connection.unwrap(PGConnection.class), sql);
                return 0;
            }
            try (Statement statement = connection.createStatement()) {
                boolean rows = statement.execute(sql);
                while (rows || statement.getUpdateCount() >= 0) {
                    if (rows) {
                        print(statement.getResultSet());
                    } else {
                        out.println("changed " + statement.getUpdateCount());
                    }
                    rows = statement.getMoreResults();
                }
                for (SQLWarning warning = statement.getWarnings();
                        warning != null;
                        warning = warning.getNextWarning()) {
                    err.println("warning: " + warning.getMessage());
                }
            }
            return 0;
        } catch (SQLException | IOException failed) {
            tell(failed);
            return 1;
        }
    }

    private void copy(PGConnection connection, String sql) throws SQLException, IOException {
        boolean in = sql.toLowerCase(Locale.ROOT).contains("from stdin");
        long rows = in
                ? connection.getCopyAPI().copyIn(sql, new ByteArrayInputStream(new byte[0]))
                : connection.getCopyAPI().copyOut(sql, out);
        out.println("copied " + rows);
    }

    private void print(ResultSet rows) throws SQLException {
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
            var line = new StringBuilder();
            for (int column = 1; column <= columns; column++) {
                line.append(column > 1 ? "|" : "").append(rows.getString(column));
            }
            out.println(line);
        }
    }

    private void tell(Exception failed) {
        String state = failed instanceof SQLException sql ? sql.getSQLState() + " " : "";
        err.println("error: " + state + failed.getMessage());
    }

    private static final String STRING = "\"((?:[^\"\\\\]|\\\\.)*)\"";

    private static String text(String json, String field) {
        Matcher matcher = Pattern.compile("\"" + field + "\":" + STRING).matcher(json);
        return matcher.find() ? plain(matcher.group(1)) : "";
    }

    private static List<String> texts(String json, String field) {
        var texts = new ArrayList<String>();
        Matcher list = Pattern.compile("\"" + field + "\":\\[((?:" + STRING + ",?)*)\\]")
                .matcher(json);
        if (list.find()) {
            Matcher item = Pattern.compile(STRING).matcher(list.group(1));
            while (item.find()) {
                texts.add(plain(item.group(1)));
            }
        }
        return texts;
    }

    private static String plain(String escaped) {
        return Pattern.compile("\\\\(u([0-9a-fA-F]{4})|.)").matcher(escaped).replaceAll(match -> {
            String text = match.group(2) != null
                    ? String.valueOf((char) Integer.parseInt(match.group(2), 16))
                    : switch (match.group(1)) {
                        case "n" -> "\n";
                        case "t" -> "\t";
                        case "r" -> "\r";
                        case "b" -> "\b";
                        case "f" -> "\f";
                        default -> match.group(1);
                    };
            return Matcher.quoteReplacement(text);
        });
    }

    private static String quoted(String text) {
        var json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
