package org.pgreel.replay.exchange;

import java.util.Locale;
import java.util.regex.Pattern;

/** What command tags tell. */
final class Tags {

    /** The tag of statements whose rows are counted by each Execute. */
    static final String SELECT = "SELECT ";

    private static final Pattern MAY_HAVE_ROWS = Pattern.compile("(SELECT|FETCH|SHOW|EXPLAIN|CALL).*");

    private Tags() {}

    /** Tells whether a statement that was completed so, without a row, has no columns. */
    static boolean withoutColumns(String tag, String sql) {
        return !tag.isEmpty()
                && !MAY_HAVE_ROWS.matcher(tag).matches()
                && !sql.toLowerCase(Locale.ROOT).contains("returning");
    }
}
