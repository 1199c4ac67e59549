package org.pgreel.recorder.redaction;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.ErrorFields;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.message.NoticeResponse;
import org.pgreel.protocol.message.Parse;
import org.pgreel.protocol.message.Query;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.protocol.wire.WireText;

/**
 * Overwrites the passwords in the text of SQL: {@code PASSWORD '…'} of CREATE and ALTER ROLE or of a user mapping, plain or
 * as a verifier, and {@code password=…} of a connection string. It is what the tap cannot catch, and is applied to every
 * tape and every export.
 *
 * <p>Each byte becomes {@code *}, so nothing moves; what is overwritten already stays. Without state.
 */
public final class SqlSecrets implements MessageEditor {

    private static final String GAP = "(?:\\s++|--[^\\n]*+\\n|/\\*.*?\\*/)*+";

    /** The word, then a literal: quoted (E, U&amp; and N before it), or between dollars. Open ones go to the end. */
    private static final Pattern LITERAL = Pattern.compile("(?is)(?<!')\\bpassword\"?" + GAP + "=?" + GAP
            + "(?:(?<escaped>E)'(?<a>(?:[^'\\\\]++|''|\\\\.)*+)|(?:U&|N)?'(?<b>(?:[^']++|'')*+)"
            + "|\\$(?<tag>[a-z_0-9\\x80-\\x{10ffff}]*)\\$(?<c>.*?)(?:\\$\\k<tag>\\$|\\z))");

    /** A connection string of a subscription or of dblink; in it, quotes stand twice. */
    private static final Pattern ASSIGNED =
            Pattern.compile("(?is)(?:\\bconnection\\s*+|\\bdblink\\w*\\s*+\\((?:\\s*+'[^']*+'\\s*+,)?\\s*+)E?'[^']*?"
                    + "\\bpassword\\s*=\\s*(?:''(?<a>(?:[^'\\\\]++|\\\\.)*+)''|(?<b>[^\\s'\"]+))");

    /** A URI with a password. */
    private static final Pattern URI = Pattern.compile("(?is)\\bpostgres(?:ql)?://[^\\s/:@']*:(?<a>[^\\s@']+)@");

    /** Returns the text with its passwords overwritten; the same object if it has none. */
    public static String masked(String sql) {
        if (sql.length() < "password".length() || !holdsWord(sql)) {
            return sql;
        }
        String masked = masked(sql, LITERAL, "a", "b", "c");
        masked = masked(masked, ASSIGNED, "a", "b");
        return masked(masked, URI, "a");
    }

    private static boolean holdsWord(String sql) {
        for (int i = 0; i + 3 < sql.length(); i++) {
            char c = sql.charAt(i);
            if ((c == 'p' || c == 'P')
                    && (sql.regionMatches(true, i, "password", 0, 8) || sql.regionMatches(true, i, "postgres", 0, 8))) {
                return true;
            }
        }
        return false;
    }

    private static String masked(String text, Pattern pattern, String... groups) {
        Matcher found = pattern.matcher(text);
        StringBuilder masked = null;
        int done = 0;
        while (found.find()) {
            for (String group : groups) {
                int from = found.start(group);
                if (from >= 0 && found.end(group) > from) {
                    masked = masked == null ? new StringBuilder() : masked;
                    masked.append(text, done, from);
                    done = found.end(group);
                    masked.append("*".repeat(WireText.encode(text.substring(from, done)).length));
                }
            }
        }
        if (masked == null) {
            return text;
        }
        return masked.append(text, done, text.length()).toString();
    }

    /** Returns what a frontend says with its passwords overwritten; the message itself if it has none. */
    public static FrontendMessage masked(FrontendMessage message) {
        if (message instanceof Query query) {
            String sql = masked(query.sql());
            return sql.equals(query.sql()) ? message : new Query(sql);
        }
        if (message instanceof Parse parse) {
            String sql = masked(parse.sql());
            return sql.equals(parse.sql()) ? message : new Parse(parse.statement(), sql, parse.parameterTypes());
        }
        return message;
    }

    private static @Nullable Message edited(Message message) {
        if (message instanceof Query || message instanceof Parse) {
            FrontendMessage said = (FrontendMessage) message;
            FrontendMessage now = masked(said);
            return now.equals(said) ? null : now;
        }
        if (message instanceof ErrorResponse error) {
            ErrorFields fields = masked(error.fields());
            return fields.equals(error.fields()) ? null : new ErrorResponse(fields);
        }
        if (message instanceof NoticeResponse notice) {
            ErrorFields fields = masked(notice.fields());
            return fields.equals(notice.fields()) ? null : new NoticeResponse(fields);
        }
        return null;
    }

    private static ErrorFields masked(ErrorFields fields) {
        List<ErrorFields.Field> masked = new ArrayList<>();
        for (ErrorFields.Field field : fields.entries()) {
            masked.add(new ErrorFields.Field(field.letter(), masked(field.text())));
        }
        return new ErrorFields(masked);
    }

    @Override
    public @Nullable Message edit(Place place, Direction direction, Message message) {
        return edited(message);
    }
}
