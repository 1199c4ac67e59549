package org.pgreel.replay.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement's text with its numbers and UUIDs taken out: two statements with the same skeleton differ in these at most.
 *
 * @param text the text, with {@code \uFFFC} where something was taken out
 * @param tokens what was taken out, in order
 */
record SqlSkeleton(String text, List<String> tokens) {
    static final char GAP = '\uFFFC';

    private static final Pattern TOKEN =
            Pattern.compile("[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}|(?<![$\\w])[0-9]+|(?<=_)[0-9]+");

    static SqlSkeleton of(String sql) {
        var tokens = new ArrayList<String>();
        var text = new StringBuilder();
        Matcher matcher = TOKEN.matcher(sql);
        int at = 0;
        while (matcher.find()) {
            text.append(sql, at, matcher.start()).append(GAP);
            tokens.add(matcher.group());
            at = matcher.end();
        }
        return new SqlSkeleton(text.append(sql, at, sql.length()).toString(), tokens);
    }
}
