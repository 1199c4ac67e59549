package org.pgreel.replay.exchange;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.ParameterStatus;
import org.pgreel.protocol.message.TransactionStatus;

/**
 * What a session has changed since its login that may change the answer of a later statement: settings and role, temporary
 * tables, channels. Read from statements, so it knows what they say and not what functions do. Confined to one thread.
 */
final class SessionState {

    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.DOTALL;

    private static final Pattern SET = Pattern.compile(
            "SET\\s+(?:(SESSION|LOCAL)\\s+)?(?!TRANSACTION\\b|CONSTRAINTS\\b)"
                    + "(TIME\\s+ZONE|SESSION\\s+AUTHORIZATION|ROLE|NAMES|[\\w.]+)\\s*(?:=|\\bTO\\b|\\s)\\s*(.+)",
            FLAGS);
    private static final Pattern SET_CONFIG =
            Pattern.compile("set_config\\s*\\(\\s*'([^']*)'\\s*,\\s*'([^']*)'\\s*,\\s*(\\w+)\\s*\\)", FLAGS);
    private static final Pattern RESET = Pattern.compile("RESET\\s+([\\w.]+(?:\\s+\\w+)?)", FLAGS);
    private static final Pattern TEMPORARY = Pattern.compile(
            "CREATE\\s+(?:GLOBAL\\s+|LOCAL\\s+)?TEMP(?:ORARY)?\\s+TABLE\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?([\\w.\"]+).*",
            FLAGS);
    private static final Pattern DROP = Pattern.compile(
            "DROP\\s+TABLE\\s+(?:IF\\s+EXISTS\\s+)?([\\w.\",\\s]+?)(?:\\s+(?:CASCADE|RESTRICT))?", FLAGS);
    private static final Pattern CHANGES = Pattern.compile(
            "\\b(SET|RESET|DISCARD|TEMP|TEMPORARY|DROP|LISTEN|UNLISTEN|SET_CONFIG|ROLLBACK|ABORT)\\b", FLAGS);
    private static final Pattern CHANNEL = Pattern.compile("(LISTEN|UNLISTEN)\\s+([\\w\"*]+)", FLAGS);

    /** Names the program and not what it gets. */
    private static final String NO_MATTER = "application_name";

    private TreeMap<String, String> settings = new TreeMap<>();
    private TreeMap<String, String> committed = new TreeMap<>();
    private final TreeMap<String, String> local = new TreeMap<>();
    private final TreeSet<String> temporary = new TreeSet<>();
    private final TreeSet<String> dropOnCommit = new TreeSet<>();
    private final TreeSet<String> channels = new TreeSet<>();
    private TransactionStatus status = TransactionStatus.IDLE;
    private boolean uncommitted;
    private String digest = "";

    /** Tells whether a statement with this text can change the state, or take changes back. */
    static boolean mayChange(String sql) {
        return CHANGES.matcher(sql).find();
    }

    /** Returns the state in words; the same words mean the same state. */
    String digest() {
        return digest;
    }

    /**
     * A statement was answered.
     *
     * @param after the transaction status behind it
     */
    void answered(String sql, List<BackendMessage> items, TransactionStatus after) {
        uncommitted = true;
        boolean failed = items.stream().anyMatch(item -> item instanceof ErrorResponse);
        if (!failed) {
            for (String statement : sql.split(";(?=(?:[^']*'[^']*')*[^']*$)", -1)) {
                executed(stripped(statement));
            }
            for (BackendMessage item : items) {
                if (item instanceof ParameterStatus reported) {
                    put(settings, reported.parameter(), reported.value());
                }
            }
        }
        boolean rolledBack = sql.strip().toUpperCase(Locale.ROOT).matches("(?s)(ROLLBACK|ABORT)\\b.*");
        became(after, rolledBack);
    }

    /** The transaction status became known by other means. */
    void became(TransactionStatus after, boolean rolledBack) {
        if (!uncommitted) {
            status = after;
            return;
        }
        if (status != TransactionStatus.IDLE && after == TransactionStatus.IDLE) {
            local.clear();
            if (rolledBack || status == TransactionStatus.FAILED) {
                settings = new TreeMap<>(committed);
            }
            temporary.removeAll(dropOnCommit);
            dropOnCommit.clear();
        }
        if (after == TransactionStatus.IDLE) {
            committed = new TreeMap<>(settings);
            uncommitted = false;
        }
        status = after;
        digest = words();
    }

    private void executed(String statement) {
        Matcher set = SET.matcher(statement);
        Matcher temp = TEMPORARY.matcher(statement);
        Matcher channel = CHANNEL.matcher(statement);
        Matcher reset = RESET.matcher(statement);
        Matcher drop = DROP.matcher(statement);
        if (set.matches()) {
            boolean isLocal = "LOCAL".equalsIgnoreCase(set.group(1));
            String name =
                    set.group(2).replaceAll("(?i)time\\s+zone", "TimeZone").replaceAll("\\s+", " ");
            put(isLocal ? local : settings, name, set.group(3).strip().replaceFirst("(?s)^'(.*)'$", "$1"));
        } else if (reset.matches() || statement.toUpperCase(Locale.ROOT).startsWith("DISCARD ALL")) {
            reset(reset.matches() ? reset.group(1) : "ALL", !reset.matches());
        } else if (temp.matches()) {
            temporary.add(temp.group(1).toLowerCase(Locale.ROOT));
            if (statement.toUpperCase(Locale.ROOT).replaceAll("\\s+", " ").contains("ON COMMIT DROP")) {
                dropOnCommit.add(temp.group(1).toLowerCase(Locale.ROOT));
            }
        } else if (drop.matches()) {
            for (String name : drop.group(1).split(",", -1)) {
                temporary.remove(name.strip().toLowerCase(Locale.ROOT));
            }
        } else if (channel.matches()) {
            listen(channel.group(1), channel.group(2));
        } else {
            configure(SET_CONFIG.matcher(statement));
        }
    }

    private void configure(Matcher config) {
        while (config.find()) {
            put(Boolean.parseBoolean(config.group(3)) ? local : settings, config.group(1), config.group(2));
        }
    }

    private void reset(String name, boolean everything) {
        if (name.equalsIgnoreCase("ALL")) {
            settings.clear();
        } else {
            settings.remove(name.toLowerCase(Locale.ROOT));
        }
        if (everything) {
            temporary.clear();
            channels.clear();
        }
    }

    private void listen(String verb, String channel) {
        if (verb.equalsIgnoreCase("LISTEN")) {
            channels.add(channel);
        } else if (channel.equals("*")) {
            channels.clear();
        } else {
            channels.remove(channel);
        }
    }

    private static void put(Map<String, String> where, String name, String value) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (!lower.equals(NO_MATTER)) {
            where.put(lower, value);
        }
    }

    private String words() {
        StringBuilder words = new StringBuilder();
        settings.forEach((name, value) -> word(words, name + "=" + value));
        local.forEach((name, value) -> word(words, "local " + name + "=" + value));
        temporary.forEach(table -> word(words, "temporary " + table));
        channels.forEach(channel -> word(words, "listen " + channel));
        return words.toString();
    }

    private static void word(StringBuilder words, String word) {
        words.append(words.length() == 0 ? "" : ", ").append(word);
    }

    private static String stripped(String statement) {
        return statement.replaceAll("(?s)^(\\s|--[^\\n]*\\n|/\\*.*?\\*/)+", "").strip();
    }
}
