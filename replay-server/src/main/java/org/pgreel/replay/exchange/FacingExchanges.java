package org.pgreel.replay.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.CommandComplete;
import org.pgreel.protocol.message.DataRow;
import org.pgreel.protocol.message.ErrorFields;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.FieldDescription;
import org.pgreel.protocol.message.NoticeResponse;
import org.pgreel.protocol.message.NotificationResponse;
import org.pgreel.protocol.message.RowDescription;
import org.pgreel.protocol.message.Values;
import org.pgreel.protocol.wire.Bytes;

/** Compares two exchanges that were asked the same: in what question and answer differ, but for what is declared. */
final class FacingExchanges {
    private static final Pattern ORDERED = Pattern.compile("\\border\\s+by\\b", Pattern.CASE_INSENSITIVE);

    /** Where in the server's source an error arose is no part of what it says. */
    private static final String SOURCE_LETTERS = "FLR";

    /** OIDs from here on are given out by each database for itself (transam.h, FirstNormalObjectId). */
    private static final int FIRST_OWN_OID = 16384;

    private static final int SHOWN = 80;

    private final Questions questions;
    private long declared;

    FacingExchanges(Questions questions) {
        this.questions = questions;
    }

    /** Returns in how many places values differed as declared, or stood for each other. */
    long declared() {
        return declared;
    }

    /** Returns in how many undeclared places the questions differ; binds nothing. */
    int cost(RecordedExchange one, RecordedExchange other) {
        return asked(one.key, other.key).size();
    }

    /** Returns in what both differ. From then on the declared values of the one stand for those of the other. */
    List<String> compare(RecordedExchange one, RecordedExchange other) {
        var found = new ArrayList<>(asked(one.key, other.key));
        for (int i = 0;
                i < Math.min(one.key.parameters().size(), other.key.parameters().size());
                i++) {
            declared += questions.mayDiffer(one.key, other.key, i)
                            && !Objects.equals(
                                    one.key.parameters().get(i),
                                    other.key.parameters().get(i))
                    ? 1
                    : 0;
        }
        if (one.key.parameters().size() == other.key.parameters().size()) {
            questions.answered(one.key, other.key, "");
        }
        rows(one, other, found);
        rest(one, other, found);
        return found;
    }

    private List<String> asked(ExchangeKey one, ExchangeKey other) {
        var found = new ArrayList<String>();
        if (one.parameters().size() != other.parameters().size()) {
            found.add(one.parameters().size() + " parameters became "
                    + other.parameters().size());
            return found;
        }
        for (int i = 0; i < one.parameters().size(); i++) {
            String then = one.parameters().get(i);
            String now = other.parameters().get(i);
            if (!Objects.equals(then, now) && !questions.mayDiffer(one, other, i)) {
                found.add("parameter " + (i + 1) + ": " + became(then, now));
            }
        }
        if (!one.types().equals(other.types())) {
            found.add("types of the parameters: " + one.types() + " became " + other.types());
        }
        if (one.status() != other.status()) {
            found.add("transaction status: " + one.status().indicator() + " became "
                    + other.status().indicator());
        }
        if (!one.state().equals(other.state())) {
            found.add("what the session has set: " + became(one.state(), other.state()));
        }
        return found;
    }

    private static String became(@Nullable String then, @Nullable String now) {
        return quoted(then) + " became " + quoted(now);
    }

    private static String quoted(@Nullable String text) {
        if (text == null) {
            return "NULL";
        }
        return text.length() <= SHOWN ? '"' + text + '"' : '"' + text.substring(0, SHOWN) + "\"…";
    }

    private void rows(RecordedExchange one, RecordedExchange other, List<String> found) {
        List<DataRow> recorded = AnswerRows.of(one);
        List<DataRow> then = recorded.stream().map(questions::live).toList();
        List<DataRow> now = AnswerRows.of(other);
        if (then.size() != now.size()) {
            found.add(rows(then.size()) + " became " + rows(now.size()));
            return;
        }
        List<Integer> likest = AnswerRows.likest(then, now);
        // Rows that come in no order come in that of their making, which the declaration leaves open.
        boolean anyOrder =
                questions.anyUnordered() && !ORDERED.matcher(one.key.sql()).find();
        for (int i = 0; i < now.size(); i++) {
            int at = anyOrder ? likest.get(i) : i;
            declared += at == i ? 0 : 1;
            declared += AnswerRows.differing(recorded.get(at), then.get(at)).size();
            cells(other.key, i, then.get(at).values(), now.get(i).values(), found);
        }
        if (!one.bulks.equals(other.bulks)) {
            found.add("rows or data of a COPY that are too large for the memory differ");
        }
    }

    private static String rows(int count) {
        return count == 1 ? "1 row" : count + " rows";
    }

    private void cells(ExchangeKey key, int row, Values then, Values now, List<String> found) {
        if (then.count() != now.count()) {
            found.add("row " + (row + 1) + ": " + then.count() + " values became " + now.count());
            return;
        }
        for (int i = 0; i < now.count(); i++) {
            String before = text(then.value(i));
            String after = text(now.value(i));
            if (Objects.equals(before, after)) {
                continue;
            }
            if (before != null && after != null && questions.mayDiffer(key, i, before, after)) {
                declared++;
            } else {
                found.add("row " + (row + 1) + ", column " + (i + 1) + ": " + became(before, after));
            }
        }
    }

    private static @Nullable String text(@Nullable Bytes cell) {
        return cell == null ? null : cell.text();
    }

    private void rest(RecordedExchange one, RecordedExchange other, List<String> found) {
        if (one.complete != other.complete || one.endsConnection != other.endsConnection) {
            found.add("one was answered to its end, the other was not");
        }
        if (!one.copied.equals(other.copied) || one.copyFailed != other.copyFailed) {
            found.add("what the client copied differs");
        }
        List<String> then = said(one);
        List<String> now = said(other);
        for (int i = 0; i < Math.max(then.size(), now.size()); i++) {
            String before = i < then.size() ? questions.live(then.get(i)) : "nothing";
            String after = i < now.size() ? now.get(i) : "nothing";
            if (!before.equals(after)) {
                found.add("answer: " + became(before, after));
            }
        }
    }

    /** Returns what came beside rows, in words that are equal where it means the same. */
    private static List<String> said(RecordedExchange exchange) {
        var words = new ArrayList<String>();
        if (exchange.columns != null) {
            words.add(words(exchange.columns));
        }
        exchange.items.stream().filter(item -> !(item instanceof DataRow)).forEach(item -> words.add(words(item)));
        exchange.trailing.forEach(item -> words.add(words(item)));
        return words;
    }

    private static String words(BackendMessage item) {
        if (item instanceof CommandComplete completed) {
            return completed.tag();
        } else if (item instanceof ErrorResponse error) {
            return words(error.fields());
        } else if (item instanceof NoticeResponse notice) {
            return words(notice.fields());
        } else if (item instanceof NotificationResponse told) {
            return "notification of " + told.channel() + ": " + told.payload();
        } else if (item instanceof RowDescription columns) {
            return "columns "
                    + columns.columns().stream().map(FacingExchanges::words).toList();
        }
        return item.toString();
    }

    private static String words(FieldDescription column) {
        boolean own = Integer.compareUnsigned(column.typeOid(), FIRST_OWN_OID) >= 0;
        return column.name() + (own ? "" : " of type " + column.typeOid());
    }

    private static String words(ErrorFields fields) {
        var words = new StringBuilder();
        for (ErrorFields.Field field : fields.entries()) {
            if (SOURCE_LETTERS.indexOf(field.letter()) < 0) {
                words.append(words.isEmpty() ? "" : " ")
                        .append(field.letter())
                        .append('=')
                        .append(field.text());
            }
        }
        return words.toString();
    }
}
