package org.pgreel.replay.exchange;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.CommandComplete;
import org.pgreel.protocol.message.DataRow;
import org.pgreel.protocol.message.EmptyQueryResponse;
import org.pgreel.protocol.message.FieldDescription;
import org.pgreel.protocol.message.ParameterStatus;
import org.pgreel.protocol.message.RowDescription;
import org.pgreel.protocol.message.Values;

/**
 * What drivers and pools ask beside the application's statements: settings, pings, transaction control.
 *
 * <p>A list of known statements, each answered as a server would; it guesses nothing. Not thread-safe: a connection's.
 */
public final class Housekeeping {
    private static final int TEXT = 25;
    private static final int INT4 = 23;
    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.DOTALL;

    private static final Pattern SET = Pattern.compile(
            "SET\\s+(?:SESSION\\s+|LOCAL\\s+)?([a-z_.0-9]+|TIME\\s+ZONE)\\s*(?:=|\\sTO\\s|\\s)\\s*(.*)", FLAGS);
    private static final Pattern SHOW = Pattern.compile("SHOW\\s+([a-z_.0-9]+(?:\\s+[a-z]+)*)", FLAGS);
    private static final Pattern PING = Pattern.compile("SELECT\\s+(1|'1'|)\\s*", FLAGS);
    private static final Pattern FUNCTION = Pattern.compile(
            "SELECT\\s+(?:pg_catalog\\.)?(version|current_schema|current_user|current_database)\\s*(?:\\(\\s*\\))?",
            FLAGS);
    private static final Pattern TAGGED = Pattern.compile(
            "(BEGIN|START TRANSACTION|COMMIT|END|ROLLBACK|ABORT|SAVEPOINT|RELEASE|DISCARD ALL|DISCARD|DEALLOCATE ALL"
                    + "|DEALLOCATE|RESET|CLOSE ALL|UNLISTEN|SET)\\b.*",
            FLAGS);
    private static final List<String> REPORTED = List.of(
            "application_name",
            "client_encoding",
            "DateStyle",
            "default_transaction_read_only",
            "IntervalStyle",
            "search_path",
            "standard_conforming_strings",
            "TimeZone");

    private final Map<String, String> settings = new LinkedHashMap<>();
    private final String user;
    private final String database;

    /** Begins with the settings of a healthy server. */
    public Housekeeping(String user, String database, String version) {
        this.user = user;
        this.database = database;
        settings.put("server_version", version);
        settings.put("transaction_isolation", "read committed");
        settings.put("default_transaction_isolation", "read committed");
        settings.put("transaction_read_only", "off");
        settings.put("default_transaction_read_only", "off");
        settings.put("search_path", "\"$user\", public");
        settings.put("standard_conforming_strings", "on");
        settings.put("client_encoding", "UTF8");
        settings.put("server_encoding", "UTF8");
        settings.put("datestyle", "ISO, MDY");
        settings.put("timezone", "UTC");
        settings.put("application_name", "");
        settings.put("statement_timeout", "0");
        settings.put("lock_timeout", "0");
        settings.put("extra_float_digits", "1");
        settings.put("integer_datetimes", "on");
        settings.put("max_identifier_length", "63");
    }

    /** Sets what a parameter says, as {@code use parameters} reported it. */
    public void reported(String name, String value) {
        settings.put(name.toLowerCase(Locale.ROOT), value);
    }

    /** Tells whether it answers the statement. */
    public boolean knows(String sql) {
        return answer(sql, false) != null;
    }

    /** Tells whether the statement asks for a constant, as {@code select 1} does. */
    public static boolean pings(String sql) {
        return PING.matcher(stripped(sql)).matches();
    }

    /** Returns the answer without its ReadyForQuery, in the simple protocol's order; null if it is none of its own. */
    @Nullable
    public List<BackendMessage> answer(String sql) {
        return answer(sql, true);
    }

    private @Nullable List<BackendMessage> answer(String sql, boolean apply) {
        String text = stripped(sql);
        if (text.isEmpty()) {
            return List.of(new EmptyQueryResponse());
        }
        if (text.indexOf(';') >= 0) {
            return null;
        }
        Matcher set = SET.matcher(text);
        if (set.matches()) {
            return set(set.group(1), set.group(2), apply);
        }
        Matcher show = SHOW.matcher(text);
        if (show.matches()) {
            return show(show.group(1));
        }
        if (PING.matcher(text).matches()) {
            return row("?column?", INT4, "1");
        }
        Matcher function = FUNCTION.matcher(text);
        if (function.matches()) {
            String name = function.group(1).toLowerCase(Locale.ROOT);
            return row(name, TEXT, value(name));
        }
        Matcher tagged = TAGGED.matcher(text);
        return tagged.matches() ? List.of(new CommandComplete(tag(tagged.group(1)))) : null;
    }

    private List<BackendMessage> set(String spelled, String value, boolean apply) {
        String name = spelled.toUpperCase(Locale.ROOT).startsWith("TIME") ? "TimeZone" : spelled;
        String plain = value.strip().replaceFirst("(?s)^'(.*)'$", "$1").replaceFirst("(?s)^\"(.*)\"$", "$1");
        if (apply) {
            settings.put(name.toLowerCase(Locale.ROOT), plain);
        }
        for (String reported : REPORTED) {
            if (reported.equalsIgnoreCase(name)) {
                return List.of(new CommandComplete("SET"), new ParameterStatus(reported, plain));
            }
        }
        return List.of(new CommandComplete("SET"));
    }

    private @Nullable List<BackendMessage> show(String spelled) {
        String name = spelled.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
        String key = switch (name) {
            case "transaction isolation level" -> "transaction_isolation";
            case "time zone" -> "timezone";
            default -> name;
        };
        String value = settings.get(key);
        if (value == null) {
            return null;
        }
        return List.of(
                new RowDescription(List.of(FieldDescription.of(key, TEXT, -1))),
                new DataRow(Values.ofText(value)),
                new CommandComplete("SHOW"));
    }

    private String value(String function) {
        return switch (function) {
            case "version" -> "PostgreSQL " + settings.get("server_version") + " (PgReel)";
            case "current_schema" -> "public";
            case "current_user" -> user;
            default -> database;
        };
    }

    private static List<BackendMessage> row(String column, int type, String value) {
        return List.of(
                new RowDescription(List.of(FieldDescription.of(column, type, type == INT4 ? 4 : -1))),
                new DataRow(Values.ofText(value)),
                new CommandComplete("SELECT 1"));
    }

    private static String tag(String spelled) {
        String upper = spelled.toUpperCase(Locale.ROOT);
        return switch (upper) {
            case "END" -> "COMMIT";
            case "ABORT" -> "ROLLBACK";
            case "CLOSE ALL" -> "CLOSE CURSOR ALL";
            default -> upper;
        };
    }

    /** Returns the statement without comments around it, blanks and the last semicolon. */
    private static String stripped(String sql) {
        String text = sql.strip();
        while (text.startsWith("--") || text.startsWith("/*")) {
            int end = text.startsWith("--") ? text.indexOf('\n') : text.indexOf("*/") + 1;
            text = end <= 0 ? "" : text.substring(end + 1).strip();
        }
        while (text.endsWith(";")) {
            text = text.substring(0, text.length() - 1).strip();
        }
        return text;
    }
}
