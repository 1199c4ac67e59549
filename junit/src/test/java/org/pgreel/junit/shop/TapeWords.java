package org.pgreel.junit.shop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pgreel.replay.volatility.Hole;
import org.pgreel.replay.volatility.VolatileStatement;
import org.pgreel.replay.volatility.Volatility;

/**
 * The lines of a text tape with what a file declares taken out, text for text: two tapes that differ only there have the same.
 * Left out are times, what each login draws anew, and what the pool asks by itself.
 */
final class TapeWords {
    private static final Pattern PARSE = Pattern.compile("F Parse (\"\\S*\") (\".*\")( \\[[^]]*])?");
    private static final Pattern BIND = Pattern.compile("F Bind (?:\"\\S*\" (\"\\S*\"))?.*");
    private static final Pattern VALUE = Pattern.compile("x?\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"|NULL");
    private static final Pattern POOL = Pattern.compile("(?:[FB] (?:StartupMessage|Authentication|SASL|ParameterStatus"
            + "|BackendKeyData|Terminate|EmptyQueryResponse|ReadyForQuery I|Query \"\"|Query \"SET|CommandComplete \"SET\")"
            + "|[+]|session |digest |tape ).*");
    private static final int UUID_HEX = 32;

    private final Volatility declared;
    private final Map<String, String> prepared = new HashMap<>();
    private final Set<String> family = new HashSet<>();
    private final SortedSet<String> words = new TreeSet<>();
    private String sql = "";

    private TapeWords(Volatility declared) {
        this.declared = declared;
    }

    /** Returns the tape's different lines. */
    static SortedSet<String> of(Path tape, String declared) throws IOException {
        var words = new TapeWords(Volatility.parse(declared));
        Files.readAllLines(tape).forEach(words::read);
        return words.words;
    }

    private void read(String line) {
        Matcher parse = PARSE.matcher(line);
        Matcher bind = BIND.matcher(line);
        if (line.isEmpty() || POOL.matcher(line).matches()) {
            return;
        } else if (parse.matches()) {
            sql = declared.question(plain(parse.group(2))).sql();
            prepared.put(parse.group(1), sql);
            words.add("F Parse " + sql + parse.group(3));
        } else if (bind.matches()) {
            sql = prepared.getOrDefault(bind.group(1) == null ? "\"\"" : bind.group(1), "");
            int at = line.indexOf("values=");
            words.add(at < 0 ? "F Bind " + sql : "F Bind " + sql + values(line.substring(at), this::parameter));
        } else if (line.startsWith("B DataRow")) {
            words.add("B DataRow of " + sql + values(line, this::column));
        } else if (line.startsWith("F Query ")) {
            sql = declared.question(plain(line.substring("F Query ".length()))).sql();
            words.add("F Query " + sql);
        } else {
            words.add(line.replaceAll("\"S_[0-9]+\"", "a name").replaceAll("table=[0-9]+", "table"));
        }
    }

    private static String plain(String quoted) {
        return quoted.substring(1, quoted.length() - 1)
                .replace("\\\"", "\"")
                .replace("\\n", "\n")
                .replace("\\t", "\t")
                .replace("\\r", "\r")
                .replace("\\\\", "\\");
    }

    private @Nullable Hole parameter(int index) {
        VolatileStatement statement = declared.of(sql);
        return statement == null ? null : statement.at(index, Integer.MAX_VALUE);
    }

    private @Nullable Hole column(int index) {
        VolatileStatement statement = declared.of(sql);
        return statement == null ? null : statement.column(index);
    }

    private String values(String line, IntFunction<@Nullable Hole> holes) {
        var text = new StringBuilder();
        Matcher value = VALUE.matcher(line);
        for (int i = 0; value.find(); i++) {
            String spelled = uuid(value.group());
            Hole hole = holes.apply(i);
            if (hole != null && hole.inCells()) {
                family.add(spelled);
            }
            text.append(' ').append(hole != null ? hole : family.contains(spelled) ? "<declared>" : spelled);
        }
        return text.toString();
    }

    /** A UUID in binary and its text are one value. */
    private static String uuid(String value) {
        if (!value.startsWith("x\"") || value.length() != UUID_HEX + 3) {
            return value;
        }
        ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(value.substring(2, value.length() - 1)));
        return '"' + new UUID(bytes.getLong(), bytes.getLong()).toString() + '"';
    }
}
