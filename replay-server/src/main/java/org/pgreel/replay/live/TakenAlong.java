package org.pgreel.replay.live;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.Bind;
import org.pgreel.protocol.message.Close;
import org.pgreel.protocol.message.Describe;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.Parse;
import org.pgreel.protocol.message.Target;

/**
 * What a client's session has that one on a live server must have too: settings, channels listened to, prepared statements.
 * What it cannot be given is a temporary table, whose rows only the recording knows.
 */
final class TakenAlong {

    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.DOTALL;

    private static final Pattern KEPT = Pattern.compile(
            "(SET\\s+(?!LOCAL\\b|TRANSACTION\\b|CONSTRAINTS\\b)|RESET\\b|DISCARD\\b|LISTEN\\b|UNLISTEN\\b"
                    + "|PREPARE\\s+(?!TRANSACTION\\b)|DEALLOCATE\\b).*",
            FLAGS);
    private static final Pattern FORGETS = Pattern.compile("(DISCARD|DEALLOCATE)\\b.*", FLAGS);
    private static final Pattern SET_CONFIG = Pattern.compile(
            "set_config\\s*\\(\\s*'(?:[^']|'')*'\\s*,\\s*'(?:[^']|'')*'\\s*,\\s*(?:false|'f')\\s*\\)", FLAGS);
    private static final Pattern ROLLBACK =
            Pattern.compile("\\s*(ROLLBACK|ABORT)\\b(?!\\s+(WORK\\s+|TRANSACTION\\s+)?TO\\b).*", FLAGS);
    private static final String TEMPORARY = "temporary ";

    private final List<String> settings = new ArrayList<>();
    private int given;
    private final Map<String, Parse> statements = new HashMap<>();
    private final Map<String, Parse> there = new HashMap<>();
    private Set<String> temporary = Set.of();
    private Set<String> temporaryThere = Set.of();

    /** The client prepares a statement. */
    void prepares(Parse parse) {
        statements.put(parse.statement(), parse);
    }

    /** The client closes a statement. */
    void closes(Close close) {
        if (close.target() == Target.STATEMENT) {
            statements.remove(close.targetName());
        }
    }

    /** Returns the texts of the client's prepared statements, by name. */
    Map<String, String> texts() {
        Map<String, String> texts = new HashMap<>();
        statements.forEach((name, parse) -> texts.put(name, parse.sql()));
        return texts;
    }

    /**
     * A run is over.
     *
     * @param run its statements
     * @param failed whether something in it failed, so that nothing of it holds
     * @param state what the session has changed since its login, in words
     * @param wasThere whether it was run on the live server, which has all of it
     */
    void ran(List<String> run, boolean failed, String state, boolean wasThere) {
        if (!failed && run.stream().noneMatch(sql -> ROLLBACK.matcher(sql).matches())) {
            run.forEach(sql -> settings.addAll(kept(sql)));
        }
        if (wasThere) {
            given = settings.size();
        }
        temporary = temporary(state);
        if (wasThere) {
            Set<String> both = new HashSet<>(temporaryThere);
            both.addAll(temporary);
            temporaryThere = both;
        }
    }

    private static Set<String> temporary(String state) {
        Set<String> tables = new HashSet<>();
        for (String word : state.split(", ", -1)) {
            if (word.startsWith(TEMPORARY)) {
                tables.add(word.substring(TEMPORARY.length()));
            }
        }
        return tables;
    }

    static List<String> kept(String sql) {
        List<String> kept = new ArrayList<>();
        for (String part : sql.split(";(?=(?:[^']*'[^']*')*[^']*$)", -1)) {
            String statement =
                    part.replaceAll("(?s)^(\\s|--[^\\n]*\\n|/\\*.*?\\*/)+", "").strip();
            if (KEPT.matcher(statement).matches()) {
                kept.add(statement);
                continue;
            }
            Matcher config = SET_CONFIG.matcher(statement);
            while (statement.toUpperCase(Locale.ROOT).startsWith("SELECT") && config.find()) {
                kept.add("SELECT " + config.group());
            }
        }
        return kept;
    }

    /** Returns why the session cannot be brought to where the client's is; empty if it can. */
    String obstacle() {
        for (String table : temporary) {
            if (!temporaryThere.contains(table)) {
                return "the session has the temporary table " + table + ", whose rows only the recording knows";
            }
        }
        return "";
    }

    /** Returns the settings that the live server has not been given yet; from here on it has. */
    List<String> unsaid() {
        List<String> unsaid = List.copyOf(settings.subList(given, settings.size()));
        given = settings.size();
        if (unsaid.stream().anyMatch(sql -> FORGETS.matcher(sql).matches())) {
            there.clear();
        }
        return unsaid;
    }

    /** Returns what has to be said before the message, whose statement the live server has not been given; often nothing. */
    List<FrontendMessage> before(FrontendMessage message) {
        String name = statementOf(message);
        Parse parse = name == null ? null : statements.get(name);
        if (name == null || parse == null || parse.equals(there.get(name))) {
            return List.of();
        }
        there.put(name, parse);
        return List.of(new Close(Target.STATEMENT, name), parse);
    }

    private static @Nullable String statementOf(FrontendMessage message) {
        if (message instanceof Bind bind) {
            return bind.statement();
        }
        return message instanceof Describe describe && describe.target() == Target.STATEMENT
                ? describe.targetName()
                : null;
    }

    /** The live server is given a statement, or loses it. */
    void saidThere(FrontendMessage message) {
        if (message instanceof Parse parse) {
            there.put(parse.statement(), parse);
        } else if (message instanceof Close close && close.target() == Target.STATEMENT) {
            there.remove(close.targetName());
        }
    }

    /** The connection to the live server is over, and another has nothing of all this. */
    void lost() {
        given = 0;
        there.clear();
        temporaryThere = Set.of();
    }
}
